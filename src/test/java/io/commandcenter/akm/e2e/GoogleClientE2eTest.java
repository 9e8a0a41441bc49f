package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import io.commandcenter.akm.simulator.Fault;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's own Java client against every provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleClientE2eTest {
  private ClientRig rig;
  private Client client;

  @BeforeAll
  void start(@TempDir Path directory) {
    rig = new ClientRig(directory);
    client = client(rig.akm().url(), RunningService.TOKEN);
  }

  @AfterAll
  void stop() {
    client.close();
    rig.close();
  }

  private static Client client(String url, String token) {
    var options =
        HttpOptions.builder()
            .baseUrl(url)
            .retryOptions(HttpRetryOptions.builder().attempts(1))
            .build();
    return Client.builder().apiKey(token).httpOptions(options).build();
  }

  static List<String> providers() {
    return ClientRig.providers();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void chats(String provider) {
    var answer = client.models.generateContent(ClientRig.model(provider), "Hello", null);
    assertEquals(ClientRig.echo(provider, "Hello"), answer.text());
    assertEquals("STOP", answer.finishReason().toString());
    assertTrue(answer.usageMetadata().orElseThrow().candidatesTokenCount().orElse(0) > 0);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void streams(String provider) {
    assertEquals(
        ClientRig.echo(provider, "Hello there"),
        streamed(ClientRig.model(provider), "Hello there"));
  }

  private String streamed(String model, String text) {
    var said = new StringBuilder();
    try (var stream = client.models.generateContentStream(model, text, null)) {
      for (var chunk : stream) {
        var piece = chunk.text();
        said.append(piece == null ? "" : piece);
      }
    }
    return said.toString();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void callsAToolAndHearsItsResult(String provider) {
    var turns = new ArrayList<Content>();
    turns.add(Content.fromParts(Part.fromText(ClientRig.ASKS_FOR_A_TOOL)));
    var asks = client.models.generateContent(ClientRig.model(provider), turns, weather());
    var call = asks.functionCalls().get(0);
    assertEquals("get_weather", call.name().orElse(""));
    ClientRig.assertWeatherIn("Berlin", new JsonObject(call.args().orElseThrow()));

    turns.add(asks.candidates().orElseThrow().get(0).content().orElseThrow());
    turns.add(
        Content.fromParts(
            Part.fromFunctionResponse("get_weather", Map.of("result", "21 degrees"))));
    var answer = client.models.generateContent(ClientRig.model(provider), turns, weather());
    ClientRig.assertRepeats(provider, "21 degrees", answer.text());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void streamsTwoCallsAtOnce(String provider) {
    var cities = new ArrayList<Object>();
    var text = "The weather in both Rome and Berlin";
    try (var stream =
        client.models.generateContentStream(ClientRig.model(provider), text, weather())) {
      for (var chunk : stream) {
        var calls = chunk.functionCalls();
        if (calls != null) {
          calls.forEach(call -> cities.add(call.args().orElseThrow().get("city")));
        }
      }
    }
    assertEquals(List.of("Berlin", "second"), cities);
  }

  private static GenerateContentConfig weather() {
    var function =
        FunctionDeclaration.builder()
            .name("get_weather")
            .parametersJsonSchema(ClientRig.SCHEMA)
            .build();
    return GenerateContentConfig.builder()
        .tools(Tool.builder().functionDeclarations(function).build())
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "google", "local"})
  void embeds(String provider) {
    var answer =
        client.models.embedContent(ClientRig.embedder(provider), List.of("one", "two"), null);
    var rows = answer.embeddings().orElseThrow();
    assertEquals(2, rows.size());
    assertEquals(8, rows.get(0).values().orElseThrow().size());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void countsTokens(String provider) {
    var count = client.models.countTokens(ClientRig.model(provider), "12345678", null);
    int tokens = count.totalTokens().orElse(0);
    assertTrue(provider.equals("google") ? tokens == 2 : tokens > 1, tokens + " tokens");
  }

  @Test
  void throwsItsOwnErrors() {
    try (var stranger = client(rig.akm().url(), "akm_client_wrong")) {
      var refused =
          assertThrows(
              ApiException.class, () -> stranger.models.generateContent("auto", "x", null));
      assertEquals(401, refused.code());
    }
    var unknown =
        assertThrows(
            ApiException.class,
            () -> client.models.generateContent("openai/no-such-model", "x", null));
    assertEquals(404, unknown.code());
    assertEquals("NOT_FOUND", unknown.status());
  }

  @Test
  void throwsWhatTheProviderFailedWith(@TempDir Path other) {
    try (var failing = new ClientRig(other)) {
      var asking = client(failing.akm().url(), RunningService.TOKEN);
      for (var provider : ClientRig.providers()) {
        failing.behind(provider).fail(Fault.status(429));
        var failed =
            assertThrows(
                ApiException.class,
                () -> asking.models.generateContent(ClientRig.model(provider), "x", null));
        assertEquals(429, failed.code(), provider);
      }
      asking.close();
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void hearsOfAStreamThatBreaks(String provider) {
    rig.behind(provider).failNext(1, Fault.errorAfter(2));
    var broken =
        assertThrows(
            RuntimeException.class, () -> streamed(ClientRig.model(provider), "Hello there"));
    assertTrue(broken instanceof ApiException || broken instanceof GenAiIOException, broken + "");
  }

  @ParameterizedTest
  @MethodSource("providers")
  void leavesInTheMiddle(String provider) {
    rig.streamsSlowly(provider);
    int before = rig.behind(provider).abandoned();
    long leftAt;
    try (var stream =
        client.models.generateContentStream(ClientRig.model(provider), "Hello", null)) {
      var chunks = stream.iterator();
      chunks.next();
      chunks.next();
      leftAt = System.nanoTime();
    }
    rig.assertCancelled(provider, before, leftAt);
  }
}
