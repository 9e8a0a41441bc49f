package io.commandcenter.akm.http;

import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests that a browser was tricked into: a Host that is not ours (DNS rebinding), an
 * Origin that is neither the same nor allowed.
 */
final class HostAndOrigin implements Handler<RoutingContext> {
  private final Set<String> hosts = new HashSet<>();
  private final List<String> origins;
  private final PublicUrl publicUrl;

  HostAndOrigin(ServerConfig config, PublicUrl publicUrl) {
    this.publicUrl = publicUrl;
    config.allowedHosts().forEach(host -> hosts.add(bare(host)));
    if (!Binding.isWildcard(config.host())) {
      hosts.add(bare(config.host()));
    }
    origins = config.allowedOrigins().stream().map(o -> o.toLowerCase(Locale.ROOT)).toList();
  }

  @Override
  public void handle(RoutingContext rc) {
    var authority = rc.request().authority();
    if (authority == null || !isOurs(authority.host())) {
      rc.fail(
          new Failure(
              Code.FORBIDDEN, "the Host header names no host of this server; see allowed_hosts"));
      return;
    }
    var origin = rc.request().getHeader(HttpHeaders.ORIGIN);
    if (origin != null && !mayCall(origin, rc.request().getHeader(HttpHeaders.HOST))) {
      rc.fail(
          new Failure(
              Code.FORBIDDEN, "the Origin header is not one of this server; see allowed_origins"));
      return;
    }
    rc.next();
  }

  private boolean isOurs(String host) {
    var name = bare(host);
    return hosts.contains(name) || name.equals(bare(publicUrl.base().getHost()));
  }

  private boolean mayCall(String origin, String host) {
    var lower = origin.toLowerCase(Locale.ROOT);
    if (origins.contains(lower) || lower.equals(publicUrl.base().toString())) {
      return true;
    }
    try {
      // The same authority as the Host, which was found to be ours: a page of this server.
      var authority = new URI(lower).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String bare(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }
}
