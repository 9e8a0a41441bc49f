package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import io.commandcenter.akm.simulator.Fault;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's own Java client against every provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiClientE2eTest {
  private ClientRig rig;
  private OpenAIClient client;

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

  private static OpenAIClient client(String url, String token) {
    return OpenAIOkHttpClient.builder().baseUrl(url + "/v1").apiKey(token).maxRetries(0).build();
  }

  static List<String> providers() {
    return ClientRig.providers();
  }

  private static ChatCompletionCreateParams.Builder chat(String model, String text) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
  }

  private ChatCompletionMessage ask(ChatCompletionCreateParams.Builder chat) {
    return client.chat().completions().create(chat.build()).choices().get(0).message();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void chats(String provider) {
    var answer =
        client.chat().completions().create(chat(ClientRig.model(provider), "Hello").build());
    assertEquals(
        ClientRig.echo(provider, "Hello"), answer.choices().get(0).message().content().orElse(""));
    assertEquals("stop", answer.choices().get(0).finishReason().asString());
    assertTrue(answer.usage().orElseThrow().completionTokens() > 0);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void streams(String provider) {
    var chat =
        chat(ClientRig.model(provider), "Hello there")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
    List<ChatCompletionChunk> chunks;
    try (var stream = client.chat().completions().createStreaming(chat.build())) {
      chunks = stream.stream().collect(Collectors.toList());
    }
    assertEquals(
        ClientRig.echo(provider, "Hello there"),
        chunks.stream()
            .flatMap(chunk -> chunk.choices().stream())
            .map(choice -> choice.delta().content().orElse(""))
            .collect(Collectors.joining()));
    assertTrue(chunks.size() > 2, "several chunks");
    assertTrue(chunks.get(chunks.size() - 1).usage().orElseThrow().completionTokens() > 0);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void callsAToolAndHearsItsResult(String provider) {
    var chat = chat(ClientRig.model(provider), ClientRig.ASKS_FOR_A_TOOL).addTool(weather());
    var asks = ask(chat);
    var call = asks.toolCalls().orElseThrow().get(0).asFunction();
    assertEquals("get_weather", call.function().name());
    ClientRig.assertWeatherIn("Berlin", new JsonObject(call.function().arguments()));

    chat.addMessage(asks)
        .addMessage(
            ChatCompletionToolMessageParam.builder()
                .toolCallId(call.id())
                .content("21 degrees")
                .build());
    ClientRig.assertRepeats(provider, "21 degrees", ask(chat).content().orElse(""));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void streamsTwoCallsAtOnce(String provider) {
    var chat =
        chat(ClientRig.model(provider), "The weather in both Rome and Berlin").addTool(weather());
    List<ChatCompletionChunk> chunks;
    try (var stream = client.chat().completions().createStreaming(chat.build())) {
      chunks = stream.stream().collect(Collectors.toList());
    }
    var calls =
        chunks.stream()
            .flatMap(chunk -> chunk.choices().stream())
            .flatMap(choice -> choice.delta().toolCalls().stream().flatMap(List::stream))
            .collect(
                Collectors.groupingBy(
                    call -> call.index(),
                    Collectors.mapping(
                        call -> call.function().flatMap(f -> f.arguments()).orElse(""),
                        Collectors.joining())));
    assertEquals(2, calls.size());
    ClientRig.assertWeatherIn("Berlin", new JsonObject(calls.get(0L)));
    ClientRig.assertWeatherIn("second", new JsonObject(calls.get(1L)));
  }

  private static ChatCompletionFunctionTool weather() {
    var parameters = FunctionParameters.builder();
    ClientRig.SCHEMA.forEach(
        (name, value) -> parameters.putAdditionalProperty(name, JsonValue.from(value)));
    var function =
        FunctionDefinition.builder().name("get_weather").parameters(parameters.build()).build();
    return ChatCompletionFunctionTool.builder().function(function).build();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void responds(String provider) {
    var request =
        ResponseCreateParams.builder().model(ClientRig.model(provider)).input("Hello").build();
    var answer = client.responses().create(request);
    var text =
        answer.output().stream()
            .flatMap(item -> item.message().stream())
            .flatMap(message -> message.content().stream())
            .map(content -> content.asOutputText().text())
            .collect(Collectors.joining());
    assertEquals(ClientRig.echo(provider, "Hello"), text);

    try (var stream = client.responses().createStreaming(request)) {
      assertEquals(
          ClientRig.echo(provider, "Hello"),
          stream.stream()
              .flatMap(event -> event.outputTextDelta().stream())
              .map(delta -> delta.delta())
              .collect(Collectors.joining()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "google", "local"})
  void embeds(String provider) {
    var request =
        EmbeddingCreateParams.builder()
            .model(ClientRig.embedder(provider))
            .inputOfArrayOfStrings(List.of("one", "two"))
            .build();
    var rows = client.embeddings().create(request).data();
    assertEquals(2, rows.size());
    assertEquals(8, rows.get(0).embedding().size());
  }

  @Test
  void listsModels() {
    var ids = client.models().list().data().stream().map(model -> model.id()).toList();
    assertTrue(ids.contains("openai/gpt-6.1-terra"), ids.toString());
  }

  @Test
  void throwsItsOwnErrors() {
    var stranger = client(rig.akm().url(), "akm_client_wrong");
    var chat = chat("auto", "x").build();
    var refused =
        assertThrows(UnauthorizedException.class, () -> stranger.chat().completions().create(chat));
    assertEquals(401, refused.statusCode());
    stranger.close();
    var unknown =
        assertThrows(NotFoundException.class, () -> ask(chat("openai/no-such-model", "x")));
    assertEquals("model", unknown.param().orElse(""));
  }

  @Test
  void throwsWhatTheProviderFailedWith(@TempDir Path other) {
    try (var failing = new ClientRig(other)) {
      var asking = client(failing.akm().url(), RunningService.TOKEN);
      for (var provider : ClientRig.providers()) {
        failing.behind(provider).fail(Fault.status(429));
        var chat = chat(ClientRig.model(provider), "x").build();
        assertThrows(
            RateLimitException.class, () -> asking.chat().completions().create(chat), provider);
      }
      asking.close();
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void hearsOfAStreamThatBreaks(String provider) {
    rig.behind(provider).failNext(1, Fault.errorAfter(2));
    var chat = chat(ClientRig.model(provider), "Hello there").build();
    assertThrows(
        OpenAIServiceException.class,
        () -> {
          try (var stream = client.chat().completions().createStreaming(chat)) {
            stream.stream().forEach(chunk -> {});
          }
        });
  }

  @ParameterizedTest
  @MethodSource("providers")
  void leavesInTheMiddle(String provider) {
    rig.streamsSlowly(provider);
    int before = rig.behind(provider).abandoned();
    var chat = chat(ClientRig.model(provider), "Hello").build();
    long leftAt;
    try (var stream = client.chat().completions().createStreaming(chat)) {
      var chunks = stream.stream().iterator();
      chunks.next();
      chunks.next();
      leftAt = System.nanoTime();
    }
    rig.assertCancelled(provider, before, leftAt);
  }
}
