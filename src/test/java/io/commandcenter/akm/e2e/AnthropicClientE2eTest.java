package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.fasterxml.jackson.core.type.TypeReference;
import io.commandcenter.akm.simulator.Fault;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Anthropic's own Java client against every provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnthropicClientE2eTest {
  private ClientRig rig;
  private AnthropicClient client;

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

  private static AnthropicClient client(String url, String token) {
    return AnthropicOkHttpClient.builder().baseUrl(url).apiKey(token).maxRetries(0).build();
  }

  static List<String> providers() {
    return ClientRig.providers();
  }

  private static MessageCreateParams.Builder chat(String model, String text) {
    return MessageCreateParams.builder().model(model).maxTokens(500).addUserMessage(text);
  }

  private List<RawMessageStreamEvent> stream(MessageCreateParams.Builder chat) {
    try (var stream = client.messages().createStreaming(chat.build())) {
      return stream.stream().collect(Collectors.toList());
    }
  }

  private static String text(Message message) {
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(block -> block.text())
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void chats(String provider) {
    var answer = client.messages().create(chat(ClientRig.model(provider), "Hello").build());
    assertEquals(ClientRig.echo(provider, "Hello"), text(answer));
    assertEquals(StopReason.END_TURN, answer.stopReason().orElseThrow());
    assertTrue(answer.usage().outputTokens() > 0);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void streams(String provider) {
    var events = stream(chat(ClientRig.model(provider), "Hello there"));
    assertEquals(
        ClientRig.echo(provider, "Hello there"),
        events.stream()
            .flatMap(event -> event.contentBlockDelta().stream())
            .flatMap(delta -> delta.delta().text().stream())
            .map(delta -> delta.text())
            .collect(Collectors.joining()));
    assertTrue(events.get(0).isMessageStart());
    assertTrue(events.get(events.size() - 1).isMessageStop());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void callsAToolAndHearsItsResult(String provider) {
    var chat = chat(ClientRig.model(provider), ClientRig.ASKS_FOR_A_TOOL).addTool(weather());
    var asks = client.messages().create(chat.build());
    assertEquals(StopReason.TOOL_USE, asks.stopReason().orElseThrow());
    var use =
        asks.content().stream()
            .flatMap(block -> block.toolUse().stream())
            .findFirst()
            .orElseThrow();
    assertEquals("get_weather", use.name());
    ClientRig.assertWeatherIn(
        "Berlin",
        new JsonObject(use._input().convert(new TypeReference<Map<String, Object>>() {})));

    var result = ToolResultBlockParam.builder().toolUseId(use.id()).content("21 degrees").build();
    chat.addMessage(asks)
        .addUserMessageOfContentBlockParams(List.of(ContentBlockParam.ofToolResult(result)));
    ClientRig.assertRepeats(provider, "21 degrees", text(client.messages().create(chat.build())));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void streamsTwoCallsAtOnce(String provider) {
    var chat =
        chat(ClientRig.model(provider), "The weather in both Rome and Berlin").addTool(weather());
    var arguments =
        stream(chat).stream()
            .flatMap(event -> event.contentBlockDelta().stream())
            .filter(delta -> delta.delta().inputJson().isPresent())
            .collect(
                Collectors.groupingBy(
                    delta -> delta.index(),
                    TreeMap::new,
                    Collectors.mapping(
                        delta -> delta.delta().inputJson().orElseThrow().partialJson(),
                        Collectors.joining())));
    var calls = List.copyOf(arguments.values());
    assertEquals(2, calls.size());
    ClientRig.assertWeatherIn("Berlin", new JsonObject(calls.get(0)));
    ClientRig.assertWeatherIn("second", new JsonObject(calls.get(1)));
  }

  private static Tool weather() {
    var schema = Tool.InputSchema.builder();
    for (var name : List.of("properties", "required")) {
      schema.putAdditionalProperty(name, JsonValue.from(ClientRig.SCHEMA.get(name)));
    }
    return Tool.builder().name("get_weather").inputSchema(schema.build()).build();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void countsTokens(String provider) {
    var count =
        MessageCountTokensParams.builder()
            .model(ClientRig.model(provider))
            .addUserMessage("12345678")
            .build();
    long tokens = client.messages().countTokens(count).inputTokens();
    assertTrue(provider.equals("anthropic") ? tokens == 2 : tokens > 1, tokens + " tokens");
  }

  @Test
  void throwsItsOwnErrors() {
    var stranger = client(rig.akm().url(), "akm_client_wrong");
    var chat = chat("auto", "x").build();
    var refused = assertThrows(UnauthorizedException.class, () -> stranger.messages().create(chat));
    assertEquals(401, refused.statusCode());
    stranger.close();
    var unknown = chat("openai/no-such-model", "x").build();
    assertThrows(NotFoundException.class, () -> client.messages().create(unknown));
  }

  @Test
  void throwsWhatTheProviderFailedWith(@TempDir Path other) {
    try (var failing = new ClientRig(other)) {
      var asking = client(failing.akm().url(), RunningService.TOKEN);
      for (var provider : ClientRig.providers()) {
        failing.behind(provider).fail(Fault.status(429));
        var chat = chat(ClientRig.model(provider), "x").build();
        assertThrows(RateLimitException.class, () -> asking.messages().create(chat), provider);
      }
      asking.close();
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void hearsOfAStreamThatBreaks(String provider) {
    rig.behind(provider).failNext(1, Fault.errorAfter(2));
    var chat = chat(ClientRig.model(provider), "Hello there");
    assertThrows(AnthropicServiceException.class, () -> stream(chat));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void leavesInTheMiddle(String provider) {
    rig.streamsSlowly(provider);
    int before = rig.behind(provider).abandoned();
    var chat = chat(ClientRig.model(provider), "Hello").build();
    long leftAt;
    try (var stream = client.messages().createStreaming(chat)) {
      var events = stream.stream().iterator();
      events.next();
      events.next();
      leftAt = System.nanoTime();
    }
    rig.assertCancelled(provider, before, leftAt);
  }
}
