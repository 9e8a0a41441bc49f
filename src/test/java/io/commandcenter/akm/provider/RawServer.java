package io.commandcenter.akm.provider;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A server that answers each received request with any bytes, or none. */
final class RawServer {
  private final NetServer server;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  private RawServer(NetServer server) {
    this.server = server;
  }

  /**
   * @param onRequest is given the socket once the head and some body have come
   */
  static RawServer start(Vertx vertx, Consumer<NetSocket> onRequest) throws Exception {
    var raw = new RawServer(vertx.createNetServer());
    raw.server
        .connectHandler(
            socket -> {
              raw.connections.incrementAndGet();
              raw.open.incrementAndGet();
              socket.closeHandler(v -> raw.open.decrementAndGet());
              socket.handler(
                  bytes -> {
                    raw.received.add(bytes.toString());
                    onRequest.accept(socket);
                  });
            })
        .listen(0, "127.0.0.1")
        .await(10, TimeUnit.SECONDS);
    return raw;
  }

  static Buffer ok(String body) {
    return Buffer.buffer("HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
  }

  int port() {
    return server.actualPort();
  }

  String hostPort() {
    return "127.0.0.1:" + port();
  }

  URI uri() {
    return URI.create("http://" + hostPort());
  }

  String request() {
    return String.join("", received);
  }

  int requests() {
    return received.size();
  }

  int connections() {
    return connections.get();
  }

  int open() {
    return open.get();
  }
}
