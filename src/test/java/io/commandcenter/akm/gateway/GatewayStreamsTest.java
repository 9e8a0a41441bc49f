package io.commandcenter.akm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.http.FakeRooms;
import io.commandcenter.akm.http.Listening;
import io.commandcenter.akm.http.Tokens;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams on their way to the caller, and callers that leave or stall. */
class GatewayStreamsTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String GOOGLE = "/v1beta/models/m:streamGenerateContent";

  private static final Listening server = new Listening();
  private static final FakeExchanges exchanges = new FakeExchanges();
  private static final AtomicReference<Context> loop = new AtomicReference<>();

  @BeforeAll
  static void start() {
    new FakeRooms(server.bus).all();
    server.start(
        new GatewaySurface(server.vertx, server.bus, exchanges, server.config, Clock.systemUTC()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    loop.set(null);
    exchanges.cancelled.set(0);
    exchanges.paused.set(0);
    exchanges.resumed.set(0);
  }

  private static JsonObject chat() {
    var turn = new JsonObject().put("role", "user").put("content", "Hello");
    return new JsonObject()
        .put("model", "m")
        .put("stream", true)
        .put("max_tokens", 9)
        .put("messages", new JsonArray().add(turn));
  }

  private HttpResponse<Buffer> post(String path) {
    return server.post(path, Tokens.CLIENT, chat());
  }

  private static void eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not come true within 10 seconds");
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions,text/event-stream",
    "/v1/messages,text/event-stream",
    "/v1/responses,text/event-stream",
    "/v1/completions,text/event-stream",
    "/v1beta/models/m:streamGenerateContent?alt=sse,text/event-stream",
    "/api/chat,application/x-ndjson",
    "/api/generate,application/x-ndjson"
  })
  void passesAStreamByteForByte(String path, String type) {
    exchanges.script =
        (request, sink) -> {
          sink.begin(FakeExchanges.served(true, false));
          sink.bytes(Buffer.buffer("data: {\"a\":"));
          sink.bytes(Buffer.buffer("1}\n\n"));
          sink.end(FakeExchanges.served(true, true));
        };
    var answer = post(path);
    assertEquals(200, answer.statusCode());
    assertEquals(type, answer.getHeader("Content-Type"));
    assertEquals("data: {\"a\":1}\n\n", answer.bodyAsString());
    assertEquals("no", answer.getHeader("X-Accel-Buffering"));
    assertEquals("anthropic", answer.getHeader("x-akm-provider"));
    assertEquals("7", answer.getHeader("x-ratelimit-remaining-requests"));
    assertEquals(null, answer.getHeader("set-cookie"));
  }

  @Test
  void passesGooglesEventsAsTheElementsOfAnArray() {
    exchanges.script =
        (request, sink) -> {
          sink.begin(FakeExchanges.served(true, false));
          sink.bytes(Buffer.buffer("data: {\"a\":1}\r\n\r\nda"));
          sink.bytes(Buffer.buffer("ta: {\"a\":2}\n\n"));
          sink.end(FakeExchanges.served(true, true));
        };
    var answer = post(GOOGLE);
    assertEquals("application/json", answer.getHeader("Content-Type"));
    assertEquals(new JsonArray("[{\"a\":1},{\"a\":2}]"), new JsonArray(answer.bodyAsString()));
  }

  @Test
  void leavesTheArrayOfABrokenStreamOpen() {
    exchanges.script =
        (request, sink) -> {
          sink.begin(FakeExchanges.served(true, false));
          sink.bytes(Buffer.buffer("data: {\"a\":1}\n\n"));
          sink.fail(new Failure(Code.PROVIDER_FAILED, "it broke"));
        };
    assertEquals("[{\"a\":1}", post(GOOGLE).bodyAsString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions|text/event-stream|data: [DONE]",
        "/v1/messages|text/event-stream|message_stop",
        "/v1/responses|text/event-stream|response.completed",
        "/v1/completions|text/event-stream|data: [DONE]",
        "/v1beta/models/m:streamGenerateContent?alt=sse|text/event-stream|\"finishReason\"",
        "/v1beta/models/m:streamGenerateContent|application/json; charset=UTF-8|\"finishReason\"",
        "/api/chat|application/x-ndjson|\"done\":true",
        "/api/generate|application/x-ndjson|\"done\":true"
      })
  void writesAStreamOfAnotherDialect(String path, String type, String last) {
    exchanges.script =
        (request, sink) -> {
          sink.begin(FakeExchanges.served(false, false));
          sink.event(new ChatEvent.Began("id_1", "claude-x"));
          sink.event(new ChatEvent.Text("Hello "));
          sink.event(new ChatEvent.Text("you"));
          sink.event(new ChatEvent.Ended(StopReason.STOP, null, FakeExchanges.USAGE));
          sink.end(FakeExchanges.served(false, true));
        };
    var answer = post(path);
    assertEquals(200, answer.statusCode());
    assertEquals(type, answer.getHeader("Content-Type"));
    var body = answer.bodyAsString();
    assertTrue(body.contains("Hello ") && body.contains("you"), body);
    assertTrue(body.contains(last), body);
    if (type.startsWith("application/json")) {
      assertTrue(new JsonArray(body).size() > 1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions|true",
        "/v1/chat/completions|false",
        "/v1/messages|true",
        "/v1/messages|false",
        "/v1/responses|true",
        "/v1beta/models/m:streamGenerateContent?alt=sse|true",
        "/api/chat|true",
        "/api/generate|false"
      })
  void tellsAnErrorInsideAStreamInTheCallersDialect(String path, boolean relayed) {
    exchanges.script =
        (request, sink) -> {
          sink.begin(FakeExchanges.served(relayed, false));
          if (relayed) {
            sink.bytes(Buffer.buffer("data: {}\n\n"));
          } else {
            sink.event(new ChatEvent.Began("id_1", "claude-x"));
            sink.event(new ChatEvent.Text("Hello"));
          }
          sink.fail(new Failure(Code.PROVIDER_FAILED, "it broke off"));
        };
    var answer = post(path);
    assertEquals(200, answer.statusCode());
    assertTrue(answer.bodyAsString().contains("it broke off"), answer.bodyAsString());
    assertFalse(answer.bodyAsString().contains("[DONE]"));
  }

  @Test
  void tellsAnErrorBeforeTheStreamWithItsStatus() {
    exchanges.script =
        (request, sink) ->
            sink.fail(new Failure(Code.RATE_LIMITED, "later").with(Failure.RETRY_AFTER_MS, 2_000));
    var answer = post(CHAT);
    assertEquals(429, answer.statusCode());
    assertEquals("2", answer.getHeader("Retry-After"));
    assertEquals("application/json", answer.getHeader("Content-Type"));
  }

  /** A connection that reads only when it is told to. */
  private NetSocket connect(String path) {
    exchanges.script =
        (request, sink) -> {
          loop.set(Vertx.currentContext());
          sink.begin(FakeExchanges.served(true, false));
          sink.bytes(Buffer.buffer("data: 1\n\n"));
        };
    var body = chat().encode();
    var socket =
        Listening.await(server.vertx.createNetClient().connect(server.port(), "127.0.0.1"));
    socket.write(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization:"
            + " Bearer "
            + Tokens.CLIENT
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    eventually(() -> loop.get() != null);
    return socket;
  }

  /** Seen failing without the close handler. */
  @ParameterizedTest
  @ValueSource(strings = {CHAT, "/v1/messages", "/api/chat"})
  void cancelsWhenTheCallerLeaves(String path) {
    var socket = connect(path);
    Listening.await(socket.close());
    eventually(() -> exchanges.cancelled.get() == 1);
    loop.get().runOnContext(v -> exchanges.sink.bytes(Buffer.buffer("data: 2\n\n")));
    loop.get().runOnContext(v -> exchanges.sink.end(FakeExchanges.served(true, true)));
    assertEquals(1, exchanges.cancelled.get());
  }

  @Test
  void doesNotCancelWhatHasEnded() {
    var socket = connect(CHAT);
    var done = Promise.<Void>promise();
    loop.get()
        .runOnContext(
            v -> {
              exchanges.sink.end(FakeExchanges.served(true, true));
              done.complete();
            });
    Listening.await(done.future());
    Listening.await(socket.close());
    exchanges.script = (request, sink) -> sink.fail(Failure.badRequest("no"));
    assertEquals(400, post(CHAT).statusCode());
    assertEquals(0, exchanges.cancelled.get());
  }

  /** Sends whenever it may, until the exchange is cancelled or the test has ended. */
  private void pour() {
    var piece = Buffer.buffer("data: " + "x".repeat(65_536) + "\n\n");
    var context = loop.get();
    context.runOnContext(
        v ->
            server.vertx.setPeriodic(
                1,
                timer -> {
                  if (exchanges.cancelled.get() > 0 || loop.get() != context) {
                    server.vertx.cancelTimer(timer);
                  } else if (exchanges.paused.get() == exchanges.resumed.get()) {
                    exchanges.sink.bytes(piece);
                  }
                }));
  }

  /** Seen failing without the drain handler. */
  @Test
  void holdsTheProviderUpWhileTheCallerIsSlow() {
    var socket = connect(CHAT);
    socket.pause();
    pour();
    eventually(() -> exchanges.paused.get() > exchanges.resumed.get());
    int pauses = exchanges.paused.get();
    socket.handler(bytes -> {});
    socket.resume();
    eventually(() -> exchanges.resumed.get() >= pauses);
    assertEquals(0, exchanges.cancelled.get());
    Listening.await(socket.close());
    eventually(() -> exchanges.cancelled.get() == 1);
  }

  /** Seen failing without the timer. */
  @Test
  void cutsOffWhoReadsNothingForTooLong() {
    var socket = connect(CHAT);
    socket.pause();
    pour();
    eventually(() -> exchanges.cancelled.get() == 1);
    assertEquals(exchanges.resumed.get() + 1, exchanges.paused.get());
    var closed = Promise.<Void>promise();
    socket.closeHandler(closed::tryComplete);
    socket.handler(bytes -> {});
    socket.resume();
    Listening.await(closed.future());
  }

  /** What an exchange tells before it is opened may be more than a slow caller takes at once. */
  @Test
  void takesMuchBeforeTheExchangeIsOpen() {
    exchanges.script =
        (request, sink) -> {
          sink.begin(FakeExchanges.served(true, false));
          for (int i = 0; i < 100; i++) {
            sink.bytes(Buffer.buffer("x".repeat(65_536)));
          }
          sink.end(FakeExchanges.served(true, true));
        };
    assertEquals(6_553_600, post(CHAT).body().length());
  }

  @Test
  void streamsOverOneConnectionOneAfterTheOther() {
    exchanges.script =
        (request, sink) -> {
          sink.begin(FakeExchanges.served(true, false));
          sink.end(FakeExchanges.served(true, true));
        };
    for (int i = 0; i < 3; i++) {
      assertEquals(
          200,
          Listening.await(
                  server.request(HttpMethod.POST, CHAT, Tokens.CLIENT).sendJsonObject(chat()))
              .statusCode());
    }
    assertEquals(0, exchanges.cancelled.get());
  }
}
