package io.commandcenter.akm.provider;

import static io.commandcenter.akm.provider.Conversations.call;
import static io.commandcenter.akm.provider.Conversations.result;
import static io.commandcenter.akm.provider.Conversations.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.config.Presets;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.core.chat.ToolChoice.Mode;
import io.commandcenter.akm.core.chat.Turn.Role;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.openai.OpenAiModels;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each preset does otherwise than OpenAI. */
class CompatTest {
  private static Protocol protocol(String name) {
    return Protocols.named(name).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "azure, api-key, k-1",
    "mistral, authorization, Bearer k-1",
    "openrouter, authorization, Bearer k-1",
    "bedrock, authorization, Bearer k-1"
  })
  void putsTheKeyWhereTheProviderLooksForIt(String name, String header, String value) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    protocol(name).authorize(headers, Secret.of("k-1"));
    assertEquals(value, headers.get(header));
    assertEquals(1, headers.size());
  }

  /** A key of OpenAI's form is no slip at a server that speaks like OpenAI. */
  @Test
  void countsEveryPresetAmongTheOpenAiFamily() {
    for (var preset : Presets.names()) {
      assertEquals("openai", protocol(preset).family());
    }
    assertEquals("bedrock", protocol("bedrock").family());
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-6-sol, max_completion_tokens, true",
    "azure, gpt-6-sol, max_completion_tokens, true",
    "groq, openai/gpt-oss-20b, max_completion_tokens, true",
    "mistral, mistral-small-latest, max_tokens, false",
    "generic, m, max_tokens, false",
    "vllm, m, max_tokens, true"
  })
  void limitsAndStreamsAsTheServerUnderstands(
      String name, String model, String field, boolean usage) {
    var body = user("x").streamed().encoded(name, model);
    assertEquals(5000, body.getInteger(field));
    assertEquals(usage, body.containsKey("stream_options"));
  }

  @Test
  void fitsTheIdsOfCallsToMistral() {
    var messages =
        user("x")
            .then(Role.ASSISTANT, call("toolu_01AbcdefGHIJK", "{}", null))
            .then(Role.USER, result("toolu_01AbcdefGHIJK", "7", false))
            .encoded("mistral", "m")
            .getJsonArray("messages");
    var id = messages.getJsonObject(1).getJsonArray("tool_calls").getJsonObject(0).getString("id");
    assertTrue(id.matches("[A-Za-z0-9]{9}"), id);
    assertEquals(id, messages.getJsonObject(2).getString("tool_call_id"));
  }

  @Test
  void sendsThinkingBackToDeepSeekInALoopOfTools() {
    var thought = new Part.Thinking("hm", null, null, "openai");
    var looped =
        user("x")
            .then(Role.ASSISTANT, thought, call("c", "{}", null))
            .then(Role.USER, result("c", "7", false));
    assertTrue(looped.encoded("deepseek", "m").encode().contains("\"reasoning_content\":\"hm\""));
    assertFalse(looped.encoded("openai", "gpt-6-sol").encode().contains("hm"));
    var plain = user("x").then(Role.ASSISTANT, thought, new Part.Text("a"));
    assertFalse(plain.encoded("deepseek", "m").encode().contains("hm"));
  }

  @Test
  void refusesToolsOfAServerWithoutThem() {
    var compat = Presets.named("generic").orElseThrow().compat();
    assertTrue(compat.tools());
    var topK = user("x").sample(new Sampling(null, null, 5, null, null, null));
    assertThrows(Failure.class, () -> topK.encoded("generic", "m"));
    assertEquals(5, topK.encoded("vllm", "m").getInteger("top_k"));
    assertThrows(
        Failure.class,
        () -> protocol("deepseek").encode(new ProviderRequest.Embed("m", List.of("x"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "together|[{\"id\": \"m\"}]|valid",
        "together|{\"data\": []}|network",
        "xai|{\"name\": \"k\", \"acls\": [\"api-key:*\"], \"api_key_blocked\": false}|valid",
        "xai|{\"name\": \"k\", \"acls\": [\"api-key:*\"], \"api_key_blocked\": true}|invalid",
        "openrouter|{\"data\": {\"label\": \"x\", \"usage\": 1}}|valid",
        "openrouter|{\"data\": []}|valid",
        "generic|{\"data\": []}|unchecked",
        "vllm|anything|unchecked",
        "mistral|{\"object\": \"list\", \"data\": []}|valid",
        "bedrock|{\"asyncInvokeSummaries\": []}|valid"
      })
  void readsTheFreeCallAsTheServerAnswersIt(String name, String body, String outcome) {
    var verdict =
        protocol(name)
            .decodeKeyCheck(
                200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body), Fixture.NOW);
    assertEquals(outcome, verdict.outcome());
  }

  @Test
  void sendsTheModelsOfTheResponsesApiThere() throws IOException {
    var models =
        new JsonObject(Files.readString(Path.of("conf/prices.json"))).getJsonArray("models");
    for (var one : models) {
      var model = (JsonObject) one;
      if (model.getString("vendor").equals("openai")
          && !model.getString("mode").equals("embedding")) {
        var name = model.getString("model");
        boolean expected = model.getString("mode").equals("responses") || name.equals("o1-pro");
        assertEquals(expected, OpenAiModels.needsResponses(name), name);
      }
    }
    var request = user("x").to("gpt-5.5-pro");
    assertEquals("/responses", protocol("openai").encode(request).path());
    assertEquals("/chat/completions", protocol("openrouter").encode(request).path());
  }

  @Test
  void writesAToolLoopForTheResponsesApi() {
    var body =
        user(new Part.Text("Weather?"), Conversations.pixel())
            .then(Role.ASSISTANT, new Part.Text("I look."), call("c1", "{\"a\":1}", null))
            .then(Role.USER, result("c1", "7", false))
            .tool("get_weather")
            .choose(Mode.REQUIRED, false, "get_weather")
            .format(new OutputFormat(Map.of("type", "object"), null, null))
            .think("high", null, true)
            .encoded("openai", "gpt-5.5-pro");
    assertEquals(
        new JsonArray(
            """
            [{"type": "message", "role": "user", "content": [
               {"type": "input_text", "text": "Weather?"},
               {"type": "input_image", "image_url": "data:image/png;base64,iVBORw0KGgo="}]},
             {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "I look."}]},
             {"type": "function_call", "call_id": "c1", "name": "get_weather", "arguments": "{\\"a\\":1}"},
             {"type": "function_call_output", "call_id": "c1", "output": "7"}]
            """),
        body.getJsonArray("input"));
    assertEquals(
        new JsonObject("{\"type\": \"function\", \"name\": \"get_weather\"}"),
        body.getJsonObject("tool_choice"));
    assertEquals(false, body.getBoolean("store"));
    assertEquals(5000, body.getInteger("max_output_tokens"));
    assertEquals(
        new JsonObject("{\"effort\": \"high\", \"summary\": \"auto\"}"),
        body.getJsonObject("reasoning"));
    assertEquals("answer", body.getJsonObject("text").getJsonObject("format").getString("name"));
  }

  @Test
  void readsTheEndsOfResponses() {
    assertEquals("length", response("incomplete", "max_output_tokens").finishReason());
    assertEquals("content-filter", response("incomplete", "content_filter").finishReason());
    assertEquals("stop", response("completed", "").finishReason());
    assertNull(response("completed", "").answer().stopText());
  }

  private static Answered response(String status, String reason) {
    var body =
        "{\"status\": \"%s\", \"incomplete_details\": {\"reason\": \"%s\"}, \"output\": []}"
            .formatted(status, reason);
    return (Answered)
        protocol("openai")
            .decode(
                Requests.chat("gpt-5.5-pro", "x"),
                200,
                MultiMap.caseInsensitiveMultiMap(),
                Buffer.buffer(body),
                Fixture.NOW);
  }
}
