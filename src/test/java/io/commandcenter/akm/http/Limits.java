package io.commandcenter.akm.http;

import io.commandcenter.akm.config.ServerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Server configurations for tests: a free port, short deadlines. */
public record Limits(
    String host,
    URI publicUrl,
    boolean allowInsecureBind,
    List<String> allowedOrigins,
    Duration header,
    Duration body,
    Duration idle,
    int maxConnections,
    int authFailures,
    Duration drain) {

  public static Limits usual() {
    return new Limits(
        "127.0.0.1",
        null,
        false,
        List.of("https://console.example"),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        100,
        3,
        Duration.ofSeconds(5));
  }

  public Limits at(String newHost, URI url, boolean insecure) {
    return new Limits(
        newHost,
        url,
        insecure,
        allowedOrigins,
        header,
        body,
        idle,
        maxConnections,
        authFailures,
        drain);
  }

  public Limits within(Duration newHeader, Duration newBody, Duration newDrain) {
    return new Limits(
        host,
        publicUrl,
        allowInsecureBind,
        allowedOrigins,
        newHeader,
        newBody,
        idle,
        maxConnections,
        authFailures,
        newDrain);
  }

  public Limits connections(int max) {
    return new Limits(
        host,
        publicUrl,
        allowInsecureBind,
        allowedOrigins,
        header,
        body,
        idle,
        max,
        authFailures,
        drain);
  }

  public ServerConfig config() {
    return new ServerConfig(
        host,
        0,
        publicUrl,
        allowInsecureBind,
        List.of("localhost", "127.0.0.1", "[::1]"),
        allowedOrigins,
        Set.of(),
        Path.of("target"),
        null,
        false,
        new ServerConfig.Http(
            header, body, idle, 65_536, 262_144, 16, maxConnections, authFailures, drain, 1),
        null,
        null,
        null,
        router(),
        null,
        null,
        null,
        null);
  }

  /** Only what the listener looks at is short: a reader that stalls. */
  private static ServerConfig.Router router() {
    var minute = Duration.ofMinutes(1);
    return new ServerConfig.Router(
        minute, 3, minute, minute, 1 << 20, 1000, minute, minute, Duration.ofMillis(700), 100);
  }
}
