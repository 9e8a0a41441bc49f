package io.commandcenter.akm.mcp.resources;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The addresses of the resources. */
public final class Uris {
  public static final String PROVIDERS = "api://providers";
  public static final String PROVIDER = "api://providers/{provider}";
  public static final String USAGE = "api://usage";
  public static final String PROVIDER_USAGE = "api://usage/{provider}";
  public static final String ROUTING = "api://routing";
  public static final String DECISION = "api://decisions/{id}";
  public static final String AUDIT_DAY = "api://audit/{day}";

  private Uris() {}

  /** The template with its one variable filled in, percent-encoded as RFC 6570 level 1 wants it. */
  public static String of(String template, String value) {
    // URLEncoder is for forms: a few characters differ.
    var encoded =
        URLEncoder.encode(value, StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A")
            .replace("%7E", "~");
    return template.substring(0, template.indexOf('{')) + encoded;
  }
}
