package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.simulator.SimulatedProvider;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** The whole service with the shipped routing over the four simulators, a key for each. */
final class ClientRig implements AutoCloseable {
  static final String ASKS_FOR_A_TOOL = "What is the weather in Berlin?";
  static final Map<String, Object> SCHEMA =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("city", Map.of("type", "string")),
          "required",
          List.of("city"));

  private static final Map<String, String> MODELS =
      Map.of(
          "anthropic", "claude-sonnet-5-5",
          "openai", "gpt-6.1-terra",
          "google", "gemini-3.8-flash",
          "local", "gpt-oss:20b");

  private static final Map<String, String> EMBEDDERS =
      Map.of(
          "openai", "text-embedding-3-small",
          "google", "gemini-embedding-001",
          "local", "nomic-embed-text");

  private final RunningService akm;

  /** One provider's failures of one test must not count in another test. */
  private static final JsonObject PATIENT =
      new JsonObject().put("health", new JsonObject().put("failures_to_down", 1000));

  ClientRig(Path directory) {
    this(directory, new JsonObject());
  }

  ClientRig(Path directory, JsonObject settings) {
    this(directory, settings, new JsonObject());
  }

  /**
   * @param more providers beside the simulated ones
   */
  ClientRig(Path directory, JsonObject settings, JsonObject more) {
    var routing = shipped();
    routing.getJsonObject("providers").mergeIn(more);
    akm = new RunningService(directory, routing, settings.mergeIn(PATIENT), Map.of());
    for (var provider : List.of("anthropic", "openai", "google")) {
      akm.addKey(provider, "main", "key-of-" + provider + "-for-tests-0123456789");
    }
  }

  private static JsonObject shipped() {
    try (var in = ClientRig.class.getClassLoader().getResourceAsStream("conf/routing.json")) {
      var routing = new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      var providers = routing.getJsonObject("providers");
      providers.fieldNames().forEach(name -> providers.getJsonObject(name).remove("rate_limit"));
      return routing;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RunningService akm() {
    return akm;
  }

  static List<String> providers() {
    return List.of("anthropic", "openai", "google", "local");
  }

  /** As a caller names a chat model of this provider. */
  static String model(String provider) {
    return provider + "/" + MODELS.get(provider);
  }

  /** As a caller names an embedding model of this provider. */
  static String embedder(String provider) {
    return provider + "/" + EMBEDDERS.get(provider);
  }

  SimulatedProvider behind(String provider) {
    return akm.simulated(wire(provider));
  }

  private static String wire(String provider) {
    return provider.equals("local") ? "ollama" : provider;
  }

  /** What the provider says to this text. */
  static String echo(String provider, String said) {
    return "[" + wire(provider) + "/" + MODELS.get(provider) + "] You said: " + said;
  }

  /** What it says after a tool's result; how the result is wrapped differs. */
  static void assertRepeats(String provider, String result, String answer) {
    var start = "[" + wire(provider) + "/" + MODELS.get(provider) + "] The tool says: ";
    assertTrue(answer.startsWith(start) && answer.contains(result), answer);
  }

  static void assertWeatherIn(String city, Object arguments) {
    assertEquals(new JsonObject().put("city", city), arguments);
  }

  /** Streams for so long that a caller can leave. */
  void streamsSlowly(String provider) {
    behind(provider).chunks(2000, Duration.ofMillis(10));
  }

  /** The provider's connection is closed within a second after the caller has left. */
  void assertCancelled(String provider, int abandonedBefore, long leftAt) {
    within(Duration.ofSeconds(5), () -> behind(provider).abandoned() > abandonedBefore);
    long took = behind(provider).lastAbandoned() - leftAt;
    assertTrue(took < Duration.ofSeconds(1).toNanos(), took / 1_000_000 + " ms");
    within(Duration.ofSeconds(1), () -> behind(provider).openAnswers() == 0);
    behind(provider).heal();
  }

  /** One of many rounds with one provider. */
  interface Round {
    void run(String provider, int round) throws Exception;
  }

  /** The rounds of different providers at once, each provider's one after the other. */
  static void forEachProvider(int rounds, Round round) throws Exception {
    var providers = providers();
    var pool = Executors.newFixedThreadPool(providers.size());
    try {
      List<Callable<Void>> jobs = new ArrayList<>();
      for (int i = 0; i < providers.size(); i++) {
        int first = i;
        jobs.add(
            () -> {
              for (int at = first; at < rounds; at += providers.size()) {
                round.run(providers.get(first), at);
              }
              return null;
            });
      }
      for (var done : pool.invokeAll(jobs)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  static void within(Duration time, BooleanSupplier condition) {
    long until = System.nanoTime() + time.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < until, "not within " + time);
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    akm.close();
  }
}
