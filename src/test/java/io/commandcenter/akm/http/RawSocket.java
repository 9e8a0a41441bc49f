package io.commandcenter.akm.http;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A connection without an HTTP client: bytes out, bytes in, until the server closes it. */
final class RawSocket {
  private final NetSocket socket;
  private final Buffer received = Buffer.buffer();
  private final Promise<Void> closed = Promise.promise();
  private final CountDownLatch first = new CountDownLatch(1);

  private RawSocket(NetSocket socket) {
    this.socket = socket;
    socket.handler(
        part -> {
          received.appendBuffer(part);
          first.countDown();
        });
    socket.closeHandler(closed::tryComplete);
  }

  static RawSocket open(Vertx vertx, int port, String text) {
    return Listening.await(
        vertx
            .createNetClient()
            .connect(port, "127.0.0.1")
            // On the socket's own loop, before it can be closed unseen.
            .map(RawSocket::new)
            .onSuccess(socket -> socket.write(text)));
  }

  void write(String text) {
    socket.write(text);
  }

  /** Waits for the first bytes of an answer. */
  void awaitFirst() throws InterruptedException {
    if (!first.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("no answer within 10 s");
    }
  }

  /** Everything that came until the server closed. */
  String untilClosed() {
    Listening.await(closed.future());
    return received.toString();
  }
}
