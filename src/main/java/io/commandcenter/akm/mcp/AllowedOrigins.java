package io.commandcenter.akm.mcp;

import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.config.ServerConfig;
import io.modelcontextprotocol.server.transport.HeaderAccessor;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import io.modelcontextprotocol.server.transport.ServerTransportSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Host: a configured name, on any port unless one is configured. Origin: none (no browser), a
 * configured one, or this server's own.
 */
final class AllowedOrigins implements ServerHttpHeaderValidator {
  private final Set<String> hosts = new HashSet<>();
  private final Set<String> origins = new HashSet<>();
  private final PublicUrl self;

  AllowedOrigins(ServerConfig config, PublicUrl self) {
    config.allowedHosts().forEach(host -> hosts.add(lower(host)));
    config.allowedOrigins().forEach(origin -> origins.add(lower(origin)));
    this.self = self;
  }

  @Override
  public void validate(HeaderAccessor headers) throws ServerTransportSecurityException {
    var host = headers.getHeader("Host");
    if (host.size() != 1 || !allowsHost(lower(host.get(0)))) {
      throw new ServerTransportSecurityException(421, "This Host is not allowed here");
    }
    if (!allowsOrigin(headers.getHeader("Origin"))) {
      throw new ServerTransportSecurityException(403, "This Origin is not allowed here");
    }
  }

  private boolean allowsHost(String host) {
    return hosts.contains(host)
        || hosts.contains(host.replaceFirst(":[0-9]{1,5}$", ""))
        || host.equals(lower(self.base().getAuthority()));
  }

  private boolean allowsOrigin(List<String> origin) {
    return origin.isEmpty()
        || (origin.size() == 1
            && (origins.contains(lower(origin.get(0)))
                || lower(origin.get(0)).equals(lower(self.base().toString()))));
  }

  private static String lower(String value) {
    return value == null ? "" : value.toLowerCase(Locale.ROOT);
  }
}
