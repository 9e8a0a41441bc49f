package io.commandcenter.akm.cli.bridge;

import static io.commandcenter.akm.cli.bridge.BridgeRun.modern;
import static io.commandcenter.akm.cli.bridge.BridgeRun.notification;
import static io.commandcenter.akm.cli.bridge.BridgeRun.request;
import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that stand for themselves (2026-07-28), and what holds for every revision. */
class BridgeTest {
  private final TestVertx test = new TestVertx();
  private RecordingService service;
  private BridgeRun bridge;

  @BeforeEach
  void start() throws IOException {
    service = new RecordingService(test.vertx());
    bridge = new BridgeRun(test.vertx(), service.uri());
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void aLineThatIsNoMessageIsAnsweredAndTheNextIsHeard() throws Exception {
    for (var line : List.of("{", "[1]", "null", "\"a\"", "{} {}", "[{\"jsonrpc\":\"2.0\"}]")) {
      bridge.send(line);
      var answer = bridge.next();
      assertEquals(-32700, answer.getJsonObject("error").getInteger("code"), line);
      assertTrue(answer.containsKey("id"), line);
      assertNull(answer.getValue("id"), line);
    }
    bridge.send("").send("\r").send(modern(1, "tools/list", new JsonObject()));
    assertEquals(1, bridge.next().getValue("id"));
  }

  @Test
  void aMessageThatIsNoneOfJsonRpcIsInvalid() throws Exception {
    for (var line :
        List.of(
            "{\"id\":1,\"method\":\"a\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"a\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"a\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":[1]}",
            "{\"jsonrpc\":\"2.0\",\"id\":1}",
            "{\"jsonrpc\":\"2.0\"}")) {
      assertEquals(-32600, bridge.send(line).nextError(), line);
    }
    assertTrue(service.received.isEmpty());
  }

  @Test
  void aLineBeyondTheLimitIsAnsweredAndSkipped() throws Exception {
    // Seen failing, with an answer of the service, when Lines kept what is beyond.
    bridge.send(modern(1, "a", new JsonObject().put("long", "x".repeat(8 << 20))));
    assertEquals(-32700, bridge.nextError());
    assertEquals(2, bridge.send(modern(2, "a", new JsonObject())).next().getValue("id"));
    assertEquals(2, service.next().id());
  }

  @Test
  void headersSayWhatTheRequestSays() throws Exception {
    bridge.send(modern("x", "tools/call", new JsonObject().put("name", "get_usage")));
    var call = service.next();
    assertEquals("2026-07-28", call.headers().get("MCP-Protocol-Version"));
    assertEquals("tools/call", call.headers().get("Mcp-Method"));
    assertEquals("get_usage", call.headers().get("Mcp-Name"));
    assertEquals("Bearer " + BridgeRun.TOKEN, call.headers().get("Authorization"));
    assertEquals("application/json, text/event-stream", call.headers().get("Accept"));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{\"method\":\"tools/call\"}}",
        bridge.next().encode());

    bridge.send(modern(2, "resources/read", new JsonObject().put("uri", "api://a")));
    assertEquals("api://a", service.next().headers().get("Mcp-Name"));
    bridge.send(request(3, "server/discover", new JsonObject()));
    var discover = service.next();
    assertEquals("2026-07-28", discover.headers().get("MCP-Protocol-Version"));
    assertFalse(discover.headers().contains("Mcp-Name"));
  }

  @Test
  void aNameThatNoHeaderCanCarryIsEncoded() {
    assertEquals("two words", StatelessLane.encoded("two words"));
    assertEquals("=?base64?SGVsbG8sIOS4lueVjA==?=", StatelessLane.encoded("Hello, 世界"));
    assertEquals("=?base64?IHBhZGRlZCA=?=", StatelessLane.encoded(" padded "));
    // Seen failing, as a header split in two, with every text called plain.
    assertEquals("=?base64?bGluZTEKbGluZTI=?=", StatelessLane.encoded("line1\nline2"));
    assertEquals("=?base64?PT9iYXNlNjQ/eD89?=", StatelessLane.encoded("=?base64?x?="));
  }

  @Test
  void requestsRunAtTheSameTime() throws Exception {
    service.answer((got, response) -> {});
    bridge.send(modern(1, "a", new JsonObject())).send(modern("1", "b", new JsonObject()));
    var one = service.next();
    var two = service.next();

    reply(two);
    assertEquals(two.id(), bridge.next().getValue("id"));
    reply(one);
    assertEquals(one.id(), bridge.next().getValue("id"));
  }

  @Test
  void anIdThatIsOpenIsNotTakenTwice() throws Exception {
    service.answer((got, response) -> {});
    bridge.send(modern(1, "a", new JsonObject())).send(modern(1, "b", new JsonObject()));
    assertEquals(-32600, bridge.nextError());
    reply(service.next());
    assertTrue(bridge.next().containsKey("result"));
  }

  @Test
  void cancellingClosesTheRequestAndNothingIsAnswered() throws Exception {
    var closed = Promise.<Void>promise();
    service.answer(
        (got, response) -> {
          if ("slow".equals(got.message().getString("method"))) {
            response.closeHandler(gone -> closed.complete());
          } else {
            RecordingService.result(got, response);
          }
        });
    bridge.send(modern(1, "slow", new JsonObject()));
    service.next();

    // Seen failing when the notification went to the service like others.
    bridge.send(notification("notifications/cancelled", new JsonObject().put("requestId", 1)));
    await(closed.future());
    assertEquals(1, bridge.send(modern(1, "again", new JsonObject())).next().getValue("id"));
    assertEquals("again", service.next().message().getString("method"));
  }

  @Test
  void aSubscriptionStreamsEventByEventUntilItIsCancelled() throws Exception {
    service.answer((got, response) -> RecordingService.stream(response).write(": open\n\n"));
    bridge.send(modern(7, "subscriptions/listen", new JsonObject()));
    var stream = service.next();
    for (var data : List.of("first", "second")) {
      write(stream.response(), RecordingService.event(null, RecordingService.notification(data)));
      assertEquals(data, bridge.next().getJsonObject("params").getString("data"));
    }
    var closed = Promise.<Void>promise();
    stream.response().closeHandler(gone -> closed.tryComplete());
    bridge.send(notification("notifications/cancelled", new JsonObject().put("requestId", 7)));
    await(closed.future());
    bridge.endOfInput();
    assertTrue(bridge.said.isEmpty());
  }

  @Test
  void aServiceThatIsDownIsToldAndTheBridgeGoesOn() throws Exception {
    var port = service.uri().getPort();
    service.stop();
    bridge.send(modern(1, "a", new JsonObject())).send(request(2, "b", new JsonObject()));
    for (int i = 0; i < 2; i++) {
      var error = bridge.next().getJsonObject("error");
      assertEquals(-32000, error.getInteger("code"));
      assertTrue(error.getString("message").contains("akm serve"), error.encode());
      assertTrue(error.getString("message").contains(":" + port), error.encode());
    }
  }

  @Test
  void aRefusalIsAnsweredInJsonRpcAndNeverWithTheToken() throws Exception {
    service.answer(
        (got, response) ->
            response
                .setStatusCode(401)
                .putHeader("Content-Type", "application/problem+json")
                .end("{\"detail\":\"the token is wrong\"}"));
    var answer = bridge.send(modern(1, "a", new JsonObject())).next();
    assertEquals(1, answer.getValue("id"));
    assertTrue(answer.encode().contains("the token is wrong"), answer.encode());
    assertTrue(answer.encode().contains("AKM_TOKEN"), answer.encode());
    assertFalse(answer.encode().contains(BridgeRun.TOKEN));

    service.answer(
        (got, response) ->
            response
                .setStatusCode(404)
                .end("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32601}}"));
    assertEquals(-32601, bridge.send(modern(2, "a", new JsonObject())).nextError());
    service.answer((got, response) -> response.setStatusCode(302).end("<html>"));
    assertEquals(-32000, bridge.send(modern(3, "a", new JsonObject())).nextError());
  }

  @Test
  void nothingButAwaitedAnswersAndMessagesReachesTheClient() throws Exception {
    service.answer(
        (got, response) -> {
          RecordingService.stream(response);
          response.write("data: hello\n\ndata: {\"a\":1}\n\n");
          response.write(
              RecordingService.event(null, RecordingService.answer(99, new JsonObject())));
          response.write(
              RecordingService.event(null, RecordingService.answer(got.id(), new JsonObject())));
          response.end(
              RecordingService.event(null, RecordingService.answer(got.id(), new JsonObject())));
        });
    assertEquals(1, bridge.send(modern(1, "a", new JsonObject())).next().getValue("id"));
    bridge.endOfInput();
    // Seen failing, with the second answer, when what is no longer open was passed on.
    assertTrue(bridge.said.isEmpty(), bridge.said.toString());
  }

  @Test
  void anAnswerThatBreaksOffIsAnErrorOnce() throws Exception {
    service.answer(
        (got, response) -> {
          RecordingService.stream(response).write(": open\n\n");
          got.request().connection().close();
        });
    var error = bridge.send(modern(1, "a", new JsonObject())).next().getJsonObject("error");
    assertTrue(error.getString("message").contains("broke"), error.encode());
    service.answer((got, response) -> response.end());
    assertEquals(-32000, bridge.send(modern(2, "a", new JsonObject())).nextError());
    bridge.endOfInput();
    assertTrue(bridge.said.isEmpty());
  }

  @Test
  void theEndOfTheInputWaitsForAnswers() throws Exception {
    var started = new AtomicInteger();
    service.answer(
        (got, response) -> {
          started.incrementAndGet();
          test.vertx().setTimer(300, t -> RecordingService.result(got, response));
        });
    bridge.send(modern(1, "a", new JsonObject())).send(modern(2, "b", new JsonObject()));
    bridge.endOfInput();
    assertEquals(2, bridge.said.size());
    assertEquals(2, started.get());
    assertEquals(Set.of(1, 2), Set.of(bridge.next().getValue("id"), bridge.next().getValue("id")));
  }

  @Test
  void aClientThatReadsNothingIsNotReadAheadFor() throws Exception {
    var reading = new CountDownLatch(1);
    var slow = new BridgeRun(test.vertx(), service.uri(), reading);
    var written = new AtomicInteger();
    var event = RecordingService.event(null, RecordingService.notification("x".repeat(100_000)));
    var finished = Promise.<Boolean>promise();
    service.answer(
        (got, response) -> pour(RecordingService.stream(response), event, written, finished));
    slow.send(modern(1, "a", new JsonObject()));

    // Seen failing, with all 60 MB taken, when the answer was not paused while the client wrote.
    assertFalse(await(finished.future()), "the bridge took " + written.get() + " events");
    reading.countDown();
    for (int i = 0; i < written.get(); i++) {
      assertEquals("notifications/message", slow.next().getString("method"));
    }
  }

  /** Writes 60 MB; true when all of it was taken, false when the reader stands still. */
  private void pour(
      HttpServerResponse response, String event, AtomicInteger written, Promise<Boolean> finished) {
    while (written.get() < 600) {
      if (response.writeQueueFull()) {
        var before = written.get();
        response.drainHandler(v -> pour(response, event, written, finished));
        test.vertx()
            .setTimer(
                1000,
                t -> {
                  if (written.get() == before) {
                    response.drainHandler(null);
                    finished.tryComplete(false);
                  }
                });
        return;
      }
      written.incrementAndGet();
      response.write(event);
    }
    finished.tryComplete(true);
  }

  @Test
  void aClientThatIsGoneEndsTheBridge() throws Exception {
    var in = new java.io.PipedInputStream();
    try (var stdin = new java.io.PipedOutputStream(in)) {
      var ended =
          new Bridge(
                  test.vertx(),
                  URI.create("http://127.0.0.1:1/mcp"),
                  BridgeRun.TOKEN,
                  new java.io.OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                      throw new IOException("broken pipe");
                    }
                  })
              .start(in);
      stdin.write("{\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      stdin.flush();
      ended.await(10, TimeUnit.SECONDS);
    }
  }

  private void reply(RecordingService.Received to) {
    test.vertx().runOnContext(v -> RecordingService.result(to, to.response()));
  }

  private void write(HttpServerResponse response, String text) {
    test.vertx().runOnContext(v -> response.write(text));
  }
}
