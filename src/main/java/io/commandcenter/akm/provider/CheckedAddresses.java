package io.commandcenter.akm.provider;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Resolves a provider's host once and lets only public addresses through, unless the configuration
 * names the host. The caller connects to the very address that was checked: a second look-up could
 * give another one (DNS rebinding).
 */
final class CheckedAddresses {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final int MOST_HOSTS = 1000;

  private record Known(List<InetAddress> addresses, Instant until) {}

  private final Function<String, Future<List<InetAddress>>> resolver;
  private final Set<String> allowedPrivateHosts;
  private final Clock clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /**
   * @param resolver all addresses of a host name or of a literal; fails if there are none
   * @param allowedPrivateHosts {@code host:port}
   */
  CheckedAddresses(
      Function<String, Future<List<InetAddress>>> resolver,
      Set<String> allowedPrivateHosts,
      Clock clock) {
    this.resolver = resolver;
    this.allowedPrivateHosts = Set.copyOf(allowedPrivateHosts);
    this.clock = clock;
  }

  /** Why a host is not connected to: its address is private, or its scheme plain. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused() {
      super("an endpoint that is not allowed", null, false, false);
    }
  }

  /**
   * The addresses to connect to; fails with {@link Refused} if one of them is private, or if the
   * key would cross the internet in the clear.
   */
  Future<List<InetAddress>> of(URI endpoint) {
    if (endpoint.getHost() == null) {
      return Future.failedFuture(new Refused());
    }
    var host = endpoint.getHost().toLowerCase(Locale.ROOT);
    var isAllowed = allowedPrivateHosts.contains(host + ":" + port(endpoint));
    if (!isAllowed && !"https".equalsIgnoreCase(endpoint.getScheme())) {
      return Future.failedFuture(new Refused());
    }
    return resolve(host)
        .compose(
            addresses ->
                isAllowed || addresses.stream().noneMatch(PrivateAddresses::contains)
                    ? Future.succeededFuture(addresses)
                    : Future.failedFuture(new Refused()));
  }

  static int port(URI endpoint) {
    if (endpoint.getPort() >= 0) {
      return endpoint.getPort();
    }
    return "https".equalsIgnoreCase(endpoint.getScheme()) ? 443 : 80;
  }

  private Future<List<InetAddress>> resolve(String host) {
    var cached = known.get(host);
    if (cached != null && clock.instant().isBefore(cached.until())) {
      return Future.succeededFuture(cached.addresses());
    }
    return resolver.apply(host).onSuccess(addresses -> remember(host, addresses));
  }

  private void remember(String host, List<InetAddress> addresses) {
    if (known.size() >= MOST_HOSTS) {
      known.clear();
    }
    known.put(host, new Known(List.copyOf(addresses), clock.instant().plus(TTL)));
  }
}
