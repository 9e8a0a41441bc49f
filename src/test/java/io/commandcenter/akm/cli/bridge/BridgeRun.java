package io.commandcenter.akm.cli.bridge;

import static io.commandcenter.akm.testkit.TestVertx.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A bridge between this test, as the client that started it, and an endpoint. */
final class BridgeRun {
  static final String TOKEN = "akm_secret-token-of-the-bridge-0123456789";

  final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  final Future<Void> ended;
  private final PipedOutputStream stdin = new PipedOutputStream();
  private final CountDownLatch reading;

  BridgeRun(Vertx vertx, URI endpoint) throws IOException {
    this(vertx, endpoint, new CountDownLatch(0));
  }

  /**
   * @param reading when it is open, the client takes what it is told
   */
  BridgeRun(Vertx vertx, URI endpoint, CountDownLatch reading) throws IOException {
    this.reading = reading;
    var in = new PipedInputStream(stdin, 1 << 16);
    ended = new Bridge(vertx, endpoint, TOKEN, new Lines()).start(in);
  }

  BridgeRun send(String line) throws IOException {
    stdin.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    stdin.flush();
    return this;
  }

  BridgeRun send(JsonObject message) throws IOException {
    return send(message.encode());
  }

  /** What the client is told next. */
  JsonObject next() throws InterruptedException {
    var line = said.poll(10, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nothing was said in time");
    }
    return new JsonObject(line);
  }

  int nextError() throws InterruptedException {
    return next().getJsonObject("error").getInteger("code");
  }

  void endOfInput() throws IOException {
    stdin.close();
    await(ended);
  }

  static JsonObject request(Object id, String method, JsonObject params) {
    return notification(method, params).put("id", id);
  }

  static JsonObject notification(String method, JsonObject params) {
    return new JsonObject().put("jsonrpc", "2.0").put("method", method).put("params", params);
  }

  /** With what requests of 2026-07-28 carry. */
  static JsonObject modern(Object id, String method, JsonObject params) {
    var meta = new JsonObject().put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    return request(id, method, params.put("_meta", meta));
  }

  private final class Lines extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      try {
        reading.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (b == '\n') {
        said.add(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }
  }
}
