package io.commandcenter.akm.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.HttpUpstream;
import io.commandcenter.akm.provider.Protocols;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderReply.Failed;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulators, asked by the protocols that ask the real providers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatorTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Secret KEY = Secret.of("key-1");

  private final Vertx vertx = Vertx.vertx();
  private Simulator simulator;
  private HttpUpstream upstream;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(vertx).await(10, TimeUnit.SECONDS);
    var settings = new ServerConfig.Router(LONG, 3, Duration.ofSeconds(3), LONG, 1_000_000, 4096);
    Set<String> hosts =
        Stream.of("anthropic", "openai", "google", "ollama")
            .map(name -> simulator.provider(name).hostPort())
            .collect(Collectors.toSet());
    upstream = new HttpUpstream(vertx, settings, hosts, Clock.systemUTC());
  }

  @AfterEach
  void stop() throws Exception {
    simulator.close().await(10, TimeUnit.SECONDS);
    upstream.close().await(10, TimeUnit.SECONDS);
  }

  @AfterAll
  void stopVertx() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Endpoint endpoint(String name) {
    return new Endpoint(
        name, Protocols.named(name).orElseThrow(), simulator.provider(name).endpoint());
  }

  private ProviderReply send(String name, Secret key, ProviderRequest request, Duration timeLeft)
      throws Exception {
    return upstream.send(endpoint(name), key, request, timeLeft).await(20, TimeUnit.SECONDS);
  }

  private ProviderReply ask(String name, String model) throws Exception {
    return send(name, KEY, chat(model, 100), LONG);
  }

  private Failed failure(String name) throws Exception {
    return (Failed) ask(name, "m");
  }

  private KeyVerdict check(String name, Secret key) throws Exception {
    return upstream.check(endpoint(name), key, LONG).await(20, TimeUnit.SECONDS);
  }

  private static ProviderRequest.Chat chat(String model, int maxOutput) {
    return new ProviderRequest.Chat(
        model,
        List.of(
            new Message("system", "Be brief."),
            new Message("user", "first"),
            new Message("assistant", "yes"),
            new Message("user", "What is Vert.x?")),
        maxOutput,
        0.5,
        List.of("END"));
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, claude-sonnet-5-5", "anthropic, claude-haiku-4-5", "openai, gpt-6.1-terra",
    "openai, gpt-4o", "google, gemini-3.8-flash", "ollama, llama3.2"
  })
  void answersAChatInTheProvidersOwnFormat(String name, String model) throws Exception {
    var answered = (Answered) ask(name, model);
    assertEquals("[" + name + "/" + model + "] You said: What is Vert.x?", answered.text());
    assertEquals("stop", answered.finishReason());
    assertEquals(model, answered.servedModel());
    // 9, 5, 3 and 15 characters, four a token
    long output = (answered.text().length() + 3) / 4;
    assertEquals(TokenUsage.of(3 + 2 + 1 + 4, output), answered.usage());
    assertEquals(1, simulator.provider(name).requests());
    assertEquals(0, simulator.provider(name).checks());
    assertEquals(model, simulator.provider(name).lastModel());
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "google", "ollama"})
  void obeysTheOutputLimit(String name) throws Exception {
    var answered = (Answered) send(name, KEY, chat("m", 2), LONG);
    assertEquals(8, answered.text().length());
    assertEquals("length", answered.finishReason());
    assertEquals(2, answered.usage().output());
  }

  @Test
  void keepsWhoAsksItToSpeakSlowlyWaiting() throws Exception {
    var slowly =
        new ProviderRequest.Chat(
            "m", List.of(new Message("user", "Please speak slowly")), 100, 0.5, List.of());

    var answered = send("openai", KEY, slowly, Duration.ofMillis(300));

    assertEquals(ErrorClass.TIMEOUT, ((Failed) answered).errorClass());
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "google", "ollama"})
  void embedsTheSameTextAlwaysTheSame(String name) throws Exception {
    var embed = new ProviderRequest.Embed("e", List.of("one", "two", "one"));
    var vectors = ((Answered) send(name, KEY, embed, LONG)).embeddings();
    assertEquals(3, vectors.size());
    assertEquals(vectors.get(0), vectors.get(2));
    assertFalse(vectors.get(0).equals(vectors.get(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "google", "ollama"})
  void countsTheTokensItIsToldTo(String name) throws Exception {
    simulator.provider(name).usage(450, 50);
    assertEquals(TokenUsage.of(450, 50), ((Answered) ask(name, "m")).usage());
  }

  @ParameterizedTest
  @CsvSource({"anthropic, valid", "openai, valid", "google, valid", "ollama, unchecked"})
  void takesAnyKeyUntilOneIsAccepted(String name, String verdict) throws Exception {
    assertEquals(verdict, check(name, KEY).outcome());
    assertEquals(1, simulator.provider(name).checks());
    assertEquals(0, simulator.provider(name).requests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "google", "ollama"})
  void refusesAnotherKeyThanTheAccepted(String name) throws Exception {
    simulator.provider(name).accept("key-1");
    assertTrue(ask(name, "m") instanceof Answered);
    var other = Secret.of("key-2");
    assertEquals("invalid", check(name, other).outcome());
    var failed = (Failed) send(name, other, chat("m", 10), LONG);
    assertEquals(ErrorClass.KEY_INVALID, failed.errorClass());
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "google"})
  void refusesACallWithoutAKey(String name) throws Exception {
    assertEquals("invalid", check(name, null).outcome());
  }

  @Test
  void servesOllamaWithoutAKey() throws Exception {
    assertTrue(send("ollama", null, chat("m", 10), LONG) instanceof Answered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "google", "ollama"})
  void doesNotKnowAModelThatIsGone(String name) throws Exception {
    simulator.provider(name).gone("old");
    assertEquals(ErrorClass.MODEL_GONE, ((Failed) ask(name, "old")).errorClass());
    assertTrue(ask(name, "new") instanceof Answered);
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, 400, BAD_REQUEST",
    "anthropic, 401, KEY_INVALID",
    "anthropic, 402, NO_CREDIT",
    "anthropic, 403, PERMISSION",
    "anthropic, 404, MODEL_GONE",
    "anthropic, 413, BAD_REQUEST",
    "anthropic, 429, RATE_LIMIT",
    "anthropic, 500, TRANSIENT",
    "anthropic, 503, OVERLOADED",
    "anthropic, 504, TRANSIENT",
    "anthropic, 529, OVERLOADED",
    "openai, 400, BAD_REQUEST",
    "openai, 401, KEY_INVALID",
    "openai, 402, NO_CREDIT",
    "openai, 403, PERMISSION",
    "openai, 404, MODEL_GONE",
    "openai, 429, RATE_LIMIT",
    "openai, 500, TRANSIENT",
    "openai, 503, OVERLOADED",
    "google, 400, BAD_REQUEST",
    "google, 401, KEY_INVALID",
    "google, 402, NO_CREDIT",
    "google, 403, PERMISSION",
    "google, 404, MODEL_GONE",
    "google, 429, RATE_LIMIT",
    "google, 500, TRANSIENT",
    "google, 503, OVERLOADED",
    "google, 504, TRANSIENT",
    "ollama, 400, BAD_REQUEST",
    "ollama, 401, KEY_INVALID",
    "ollama, 402, NO_CREDIT",
    "ollama, 403, PERMISSION",
    "ollama, 404, MODEL_GONE",
    "ollama, 429, RATE_LIMIT",
    "ollama, 500, TRANSIENT",
    "ollama, 503, OVERLOADED"
  })
  void failsWithTheProvidersOwnError(String name, int status, ErrorClass expected)
      throws Exception {
    simulator.provider(name).fail(Fault.status(status));
    assertEquals(expected, failure(name).errorClass());
  }

  @ParameterizedTest
  @CsvSource({"anthropic, 17000", "openai, 19412", "google, 26000"})
  void saysHowLongToWaitAtARateLimit(String name, long millis) throws Exception {
    simulator.provider(name).fail(Fault.status(429));
    assertEquals(Duration.ofMillis(millis), failure(name).retryAfter());
  }

  @Test
  void failsUntilItIsHealed() throws Exception {
    var provider = simulator.provider("anthropic").fail(Fault.status(529));
    assertEquals("network", check("anthropic", KEY).outcome());
    assertEquals(ErrorClass.OVERLOADED, failure("anthropic").errorClass());
    assertEquals(ErrorClass.OVERLOADED, failure("anthropic").errorClass());
    provider.heal();
    assertTrue(ask("anthropic", "m") instanceof Answered);
    assertEquals("valid", check("anthropic", KEY).outcome());
    assertEquals(3, provider.requests());
  }

  @Test
  void failsTheNextRequestsButNoFreeCall() throws Exception {
    simulator.provider("openai").failNext(2, Fault.status(500));
    assertEquals("valid", check("openai", KEY).outcome());
    assertEquals(ErrorClass.TRANSIENT, failure("openai").errorClass());
    assertEquals(ErrorClass.TRANSIENT, failure("openai").errorClass());
    assertTrue(ask("openai", "m") instanceof Answered);
  }

  @Test
  void answersFreeCallsAtARateLimitOfRequests() throws Exception {
    simulator.provider("google").fail(Fault.status(429));
    assertEquals("valid", check("google", KEY).outcome());
  }

  @Test
  void answersLate() throws Exception {
    simulator.provider("ollama").fail(Fault.delay(Duration.ofMillis(200)));
    long start = System.nanoTime();
    assertTrue(ask("ollama", "m") instanceof Answered);
    assertTrue(System.nanoTime() - start >= 190_000_000L);
  }

  @Test
  void hangs() throws Exception {
    simulator.provider("ollama").fail(Fault.hang());
    var failed = (Failed) send("ollama", null, chat("m", 10), Duration.ofMillis(150));
    assertEquals(ErrorClass.TIMEOUT, failed.errorClass());
  }

  @Test
  void endsADelayedAnswerWhoseCallerHasLeft() throws Exception {
    simulator.provider("ollama").fail(Fault.delay(Duration.ofMillis(200)));
    var failed = (Failed) send("ollama", null, chat("m", 10), Duration.ofMillis(50));
    assertEquals(ErrorClass.TIMEOUT, failed.errorClass());
    assertTrue(ask("ollama", "m") instanceof Answered);
  }

  @Test
  void cutsTheAnswer() throws Exception {
    simulator.provider("openai").fail(Fault.cut());
    var failed = failure("openai");
    assertEquals(ErrorClass.TRANSIENT, failed.errorClass());
    assertEquals(200, failed.status());
  }

  @Test
  void answersGarbage() throws Exception {
    simulator.provider("google").fail(Fault.garbage());
    assertEquals(ErrorClass.BAD_ANSWER, failure("google").errorClass());
  }

  @Test
  void answersNothing() throws Exception {
    simulator.provider("anthropic").fail(Fault.empty());
    assertEquals(ErrorClass.BAD_ANSWER, failure("anthropic").errorClass());
  }

  @Test
  void knowsNoFifthProvider() {
    assertThrows(IllegalArgumentException.class, () -> simulator.provider("azure"));
  }

  @Test
  void hasSeenNoModelBeforeTheFirstRequest() {
    assertNull(simulator.provider("openai").lastModel());
  }
}
