package io.commandcenter.akm.config;

import io.commandcenter.akm.contract.Scope;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose access tokens {@code /mcp} takes beside its own.
 *
 * @param issuer exactly as tokens name it in {@code iss}
 * @param audience that tokens must name in {@code aud}; null for the public URL and {@code /mcp}
 * @param jwksUri where the issuer's keys are; null if its metadata is to tell
 * @param subjectClaim the claim that names who calls
 * @param scopes what each scope of the issuer stands for here, in the order of the file
 */
public record OAuthConfig(
    String issuer, String audience, URI jwksUri, String subjectClaim, Map<String, Scope> scopes) {
  public OAuthConfig {
    scopes = Collections.unmodifiableMap(new LinkedHashMap<>(scopes));
  }
}
