package io.commandcenter.akm.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.provider.ProviderReply.Failed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsUpstreamTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Failed send(URI base) throws Exception {
    var settings =
        new ServerConfig.Router(
            Duration.ofSeconds(9), 3, Duration.ofSeconds(3), Duration.ofSeconds(9), 1000, 4096);
    var upstream =
        new HttpUpstream(
            vertx,
            settings,
            Set.of("provider.invalid:" + base.getPort()),
            Clock.systemUTC(),
            host -> Future.succeededFuture(List.of(InetAddress.getLoopbackAddress())));
    var endpoint = new Endpoint("local", Protocols.named("ollama").orElseThrow(), base);
    return (Failed)
        upstream
            .send(endpoint, null, Requests.chat("m", "x"), Duration.ofSeconds(9))
            .await(10, TimeUnit.SECONDS);
  }

  /** The ClientHello carries its server name in the clear. */
  @Test
  void namesTheOriginalHostInTheHandshake() throws Exception {
    var raw = RawServer.start(vertx, socket -> socket.close());
    var failed = send(URI.create("https://provider.invalid:" + raw.port()));
    assertTrue(raw.request().contains("provider.invalid"));
    assertEquals(0, failed.status());
  }

  @Test
  void givesUpOnAServerThatSpeaksNoTls() throws Exception {
    var raw = RawServer.start(vertx, socket -> socket.write(RawServer.ok("{}")));
    var failed = send(URI.create("https://provider.invalid:" + raw.port()));
    assertTrue(failed.detail().contains("TLS"), failed.detail());
  }
}
