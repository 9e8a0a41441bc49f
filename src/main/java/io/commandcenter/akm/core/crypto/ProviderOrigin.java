package io.commandcenter.akm.core.crypto;

import java.net.URI;
import java.util.HexFormat;
import java.util.Locale;

/** The one spelling of where a key may be sent, and its hash. */
public final class ProviderOrigin {
  private ProviderOrigin() {}

  /** {@code scheme://host:port} in lower case, the port always written. */
  static String canonical(URI endpoint) {
    if (endpoint.getScheme() == null || endpoint.getHost() == null) {
      throw new IllegalArgumentException("an endpoint needs a scheme and a host");
    }
    var scheme = endpoint.getScheme().toLowerCase(Locale.ROOT);
    var port = endpoint.getPort() >= 0 ? endpoint.getPort() : "https".equals(scheme) ? 443 : 80;
    return scheme + "://" + endpoint.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** SHA-256 of the canonical origin, in hex. */
  public static String hash(URI endpoint) {
    return HexFormat.of().formatHex(Sha256.of(canonical(endpoint)));
  }
}
