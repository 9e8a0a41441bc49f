package io.commandcenter.akm.mcp.transport.stateless;

import io.modelcontextprotocol.spec.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The headers that repeat what the body says, for whoever looks at headers only: they have to be
 * there, and to agree with the body.
 */
final class MirroredHeaders {
  private static final String ENCODED = "=?base64?";
  private static final String END = "?=";

  private MirroredHeaders() {}

  /** The name of the header that is missing or says something else. */
  static Optional<String> mismatch(HttpServerRequest http, StatelessRequest request) {
    if (!request.version().equals(only(http, HttpHeaders.PROTOCOL_VERSION))) {
      return Optional.of(HttpHeaders.PROTOCOL_VERSION);
    }
    if (!request.method().equals(only(http, "Mcp-Method"))) {
      return Optional.of("Mcp-Method");
    }
    var name = request.name();
    return name == null || name.equals(decoded(only(http, "Mcp-Name")))
        ? Optional.empty()
        : Optional.of("Mcp-Name");
  }

  /** Null also if it comes twice: who looks at headers only may look at the other one. */
  private static String only(HttpServerRequest http, String name) {
    var values = http.headers().getAll(name);
    return values.size() == 1 ? values.get(0) : null;
  }

  /** A value that is no plain ASCII comes in base64. */
  private static String decoded(String value) {
    if (value == null || !value.startsWith(ENCODED) || !value.endsWith(END)) {
      return value;
    }
    try {
      var inner = value.substring(ENCODED.length(), value.length() - END.length());
      return new String(Base64.getDecoder().decode(inner), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
      return null;
    }
  }
}
