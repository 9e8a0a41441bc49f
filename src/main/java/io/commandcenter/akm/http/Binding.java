package io.commandcenter.akm.http;

import io.commandcenter.akm.config.ServerConfig;
import java.net.URI;
import java.util.regex.Pattern;

/** Where the listener may be bound, and the URL that follows from it. */
final class Binding {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

  private Binding() {}

  /** Tokens would travel in the clear: this server speaks plain HTTP. */
  static void check(ServerConfig config) {
    if (!LOOPBACK.matcher(config.host()).matches() && !config.allowInsecureBind()) {
      throw new IllegalStateException(
          "host "
              + config.host()
              + " is reachable from other machines and this server speaks plain HTTP; bind"
              + " 127.0.0.1, or set allow_insecure_bind if a proxy or a container in front of it"
              + " does TLS");
    }
  }

  /** For Vert.x any negative port is a free one that the instances of a deployment share. */
  static int port(ServerConfig config) {
    return config.port() == 0 ? -1 : config.port();
  }

  static boolean isWildcard(String host) {
    return "0.0.0.0".equals(host) || "::".equals(host) || "[::]".equals(host);
  }

  static URI publicUrl(ServerConfig config, int port) {
    if (config.publicUrl() != null) {
      return config.publicUrl();
    }
    var host = isWildcard(config.host()) ? "127.0.0.1" : config.host();
    var bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return URI.create("http://" + bracketed + ":" + port);
  }
}
