package io.commandcenter.akm.simulator;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams, event for event, and how they break. */
class SimulatedStreamsTest {
  private final TestVertx test = new TestVertx();
  private Simulator simulator;
  private SimulatorCaller caller;

  @BeforeEach
  void start() {
    simulator = await(Simulator.start(test.vertx()));
    caller = new SimulatorCaller(test.vertx(), simulator);
  }

  @AfterEach
  void stop() {
    await(simulator.close());
    test.close();
  }

  private static String text(String name, String stream) {
    return SimulatorCaller.events(stream).stream()
        .map(event -> text(name, event))
        .collect(Collectors.joining());
  }

  private static String text(String name, JsonObject event) {
    return switch (name) {
      case "anthropic" -> event.getJsonObject("delta", new JsonObject()).getString("text", "");
      case "openai" ->
          event.getJsonArray("choices").isEmpty()
              ? ""
              : event
                  .getJsonArray("choices")
                  .getJsonObject(0)
                  .getJsonObject("delta")
                  .getString("content", "");
      case "google" ->
          event
              .getJsonArray("candidates")
              .getJsonObject(0)
              .getJsonObject("content")
              .getJsonArray("parts")
              .getJsonObject(0)
              .getString("text");
      default -> event.getJsonObject("message").getString("content");
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "google", "ollama"})
  void streamsTheSameTextAsItAnswers(String name) {
    assertEquals(
        "[" + name + "/m] You said: Hello there",
        text(name, caller.stream(name, "Hello there", "")));
  }

  @Test
  void namesAnthropicsEventsInTheirOrderWithAPing() {
    var types =
        SimulatorCaller.events(caller.stream("anthropic", "Hi", "")).stream()
            .map(event -> event.getString("type"))
            .distinct()
            .toList();
    assertEquals(
        List.of(
            "message_start",
            "content_block_start",
            "ping",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop"),
        types);
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "', ''stream_options'':{''include_usage'':true}', 1"})
  void showsOpenAisUsageOnlyWhenAsked(String more, int chunks) {
    var stream = caller.stream("openai", "Hi", more);
    assertTrue(stream.endsWith("data: [DONE]\n\n"), stream);
    var usages =
        SimulatorCaller.events(stream).stream()
            .filter(event -> event.getJsonObject("usage") != null)
            .toList();
    assertEquals(chunks, usages.size());
    assertTrue(usages.stream().allMatch(event -> event.getJsonArray("choices").isEmpty()));
  }

  @Test
  void endsGooglesLinesWithCarriageReturns() {
    var stream = caller.stream("google", "Hi", "");
    assertTrue(stream.endsWith("\r\n\r\n"));
    assertEquals(
        "STOP",
        SimulatorCaller.events(stream)
            .get(SimulatorCaller.events(stream).size() - 1)
            .getJsonArray("candidates")
            .getJsonObject(0)
            .getString("finishReason"));
  }

  @Test
  void streamsGoogleAsOneArrayUnlessAskedForEvents() {
    var body = "{'contents':[{'parts':[{'text':'Hello there, you'}]}]}";
    var array =
        new JsonArray(caller.text("google", "/v1beta/models/m:streamGenerateContent", body));
    assertTrue(array.size() > 1);
  }

  @Test
  void numbersTheEventsOfAResponse() {
    var stream =
        caller.text("openai", "/v1/responses", "{'model':'m','stream':true,'input':'Hello'}");
    var events = SimulatorCaller.events(stream);
    for (int i = 0; i < events.size(); i++) {
      assertEquals(i, events.get(i).getInteger("sequence_number"));
    }
    assertEquals("response.created", events.get(0).getString("type"));
    var last = events.get(events.size() - 1);
    assertEquals("response.completed", last.getString("type"));
    assertEquals(
        "[openai/m] You said: Hello",
        last.getJsonObject("response")
            .getJsonArray("output")
            .getJsonObject(0)
            .getJsonArray("content")
            .getJsonObject(0)
            .getString("text"));
    assertFalse(stream.contains("[DONE]"));
  }

  @Test
  void streamsCompletionsAndGenerations() {
    var completion =
        caller.text("openai", "/v1/completions", "{'model':'m','stream':true,'prompt':'Hi'}");
    assertTrue(completion.contains("\"object\":\"text_completion\""), completion);
    assertTrue(completion.endsWith("data: [DONE]\n\n"));
    var generation = caller.text("ollama", "/api/generate", "{'model':'m','prompt':'Hi'}");
    assertTrue(generation.contains("\"response\":\"[ollama/m] Y\""), generation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "google", "ollama"})
  void makesAsManyPiecesAsItIsTold(String name) {
    simulator.provider(name).chunks(50, Duration.ZERO);
    var text = text(name, caller.stream(name, "Hello mark", ""));
    assertTrue(text.startsWith("[" + name + "/m] You said: Hello mark mark-1 mark-2"), text);
    assertTrue(text.endsWith(" mark-49"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "google", "ollama"})
  void failsBeforeTheFirstPieceInTheProvidersOwnWords(String name) {
    simulator.provider(name).fail(Fault.errorAfter(0));
    var stream = caller.stream(name, "Hi", "");
    assertTrue(stream.contains("\"error\""), stream);
    assertFalse(stream.contains("You said"), stream);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "google", "ollama"})
  void failsInTheMiddle(String name) {
    simulator.provider(name).fail(Fault.errorAfter(2));
    var stream = caller.stream(name, "Hello there", "");
    assertTrue(stream.contains("\"error\""), stream);
    assertFalse(stream.contains("there"), stream);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void cutsAStreamAfterItsPieces(int pieces) {
    simulator.provider("openai").fail(Fault.cutAfter(pieces));
    var stream = caller.streamed("openai", "Hello there");
    assertEquals(
        "[openai/m] You said: Hello there".substring(0, 12 * pieces), text("openai", stream));
    assertFalse(stream.contains("[DONE]"));
    eventually(() -> simulator.provider("openai").openAnswers() == 0);
    assertEquals(0, simulator.provider("openai").abandoned());
  }

  @Test
  void brokenStreamsHaveNoEndGarbageOrALongLine() {
    var openai = simulator.provider("openai");
    openai.failNext(1, Fault.endAfter(1));
    assertFalse(caller.stream("openai", "Hello there", "").contains("[DONE]"));
    openai.failNext(1, Fault.garbageAfter(1));
    assertTrue(caller.stream("openai", "Hello there", "").contains("no format has this"));
    openai.failNext(1, Fault.oversizedAfter(1));
    assertTrue(caller.stream("openai", "Hello there", "").length() > 32 * 1024 * 1024);
  }

  @Test
  void dripsAndStalls() {
    simulator.provider("ollama").failNext(1, Fault.drip(Duration.ofMillis(20)));
    long start = System.nanoTime();
    caller.stream("ollama", "Hello there", "");
    assertTrue(System.nanoTime() - start > 60_000_000L);

    simulator.provider("ollama").failNext(1, Fault.stallAfter(1));
    var response = caller.begin("ollama", "Hello there");
    assertEquals(1, simulator.provider("ollama").openAnswers());
    leave(response);
  }

  @Test
  void seesThatACallerHasLeft() {
    simulator.provider("anthropic").chunks(1000, Duration.ofMillis(10));
    leave(caller.begin("anthropic", "Hello there"));
    assertEquals(1, simulator.provider("anthropic").abandoned());
    assertTrue(simulator.provider("anthropic").lastAbandoned() > 0);
  }

  private void leave(HttpClientResponse response) {
    await(response.request().connection().close());
    eventually(
        () ->
            List.of("anthropic", "ollama").stream()
                .allMatch(name -> simulator.provider(name).openAnswers() == 0));
  }

  @Test
  void breaksWholeAnswersToo() {
    var openai = simulator.provider("openai");
    var body = "{'model':'m','messages':[{'role':'user','content':'x'}]}";
    openai.failNext(1, Fault.errorAfter(0));
    assertTrue(caller.text("openai", "/v1/chat/completions", body).contains("server_error"));
    openai.failNext(1, Fault.drip(Duration.ofMillis(2)));
    assertTrue(caller.text("openai", "/v1/chat/completions", body).contains("You said"));
    openai.failNext(1, Fault.cutAfter(0));
    var arrived = caller.arrived("openai", "/v1/chat/completions", body);
    assertTrue(arrived.contains("chatcmpl") && !arrived.contains("usage"), arrived);
  }

  @Test
  void remembersTheLastCall() {
    caller.stream("google", "Hi", "");
    var google = simulator.provider("google");
    assertEquals("POST /v1beta/models/m:streamGenerateContent?alt=sse", google.lastCall());
    assertEquals("k", google.lastHeaders().get("x-goog-api-key"));
    assertTrue(google.lastBody().containsKey("contents"));
  }

  private static void eventually(BooleanSupplier condition) {
    long until = System.nanoTime() + 5_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < until, "not within five seconds");
      Thread.onSpinWait();
    }
  }
}
