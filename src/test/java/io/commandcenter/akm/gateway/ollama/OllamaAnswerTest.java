package io.commandcenter.akm.gateway.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.EmbedRequest;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.Givens;
import io.commandcenter.akm.gateway.dialect.Refusals;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaAnswerTest {
  private static final Given GIVEN = Givens.of("{}");
  private static final TokenUsage USAGE = new TokenUsage(34, 18_000, 0, 0, 260, 60, false);

  private static ChatAnswer answer(StopReason stop, Part... parts) {
    return new ChatAnswer("msg_1", "claude-y", List.of(parts), stop, null, USAGE);
  }

  private static List<JsonObject> lines(StreamWriter writer, List<ChatEvent> events) {
    var lines = new ArrayList<JsonObject>();
    for (var event : events) {
      var bytes = writer.event(event);
      if (bytes != null) {
        assertTrue(bytes.toString().endsWith("}\n"));
        bytes.toString().lines().map(JsonObject::new).forEach(lines::add);
      }
    }
    return lines;
  }

  @Test
  void writesAWholeAnswer() {
    var answer =
        answer(
            StopReason.TOOL_CALLS,
            new Part.Thinking("Hm", "sig", null, "anthropic"),
            new Part.Text("Look."),
            new Part.ToolCall("toolu_1", "f", "{\"a\":1}", null),
            new Part.ToolCall("toolu_2", "g", "", null));
    assertEquals(
        new JsonObject(
            """
            {"model":"asked-model","created_at":"2026-11-25T12:00:00Z",
             "message":{"role":"assistant","content":"Look.","thinking":"Hm","tool_calls":[
              {"id":"toolu_1","function":{"index":0,"name":"f","arguments":{"a":1}}},
              {"id":"toolu_2","function":{"index":1,"name":"g","arguments":{}}}]},
             "done":true,"done_reason":"stop","prompt_eval_count":18034,"eval_count":260}"""),
        new Chat().answer(answer, GIVEN).toJsonObject());
  }

  @Test
  void hidesTheThinkingFromWhoDoesNotWantAny() {
    var answer =
        answer(StopReason.STOP, new Part.Thinking("Hm", null, null, "google"), new Part.Text("A"));
    var given = Givens.of("{\"think\":false}");
    assertFalse(new Chat().answer(answer, given).toString().contains("Hm"));
    assertEquals(2, lines(new Chat().writer(given), answer.events()).size());
    var shown = lines(new Chat().writer(GIVEN), answer.events());
    assertEquals("Hm", shown.get(0).getJsonObject("message").getString("thinking"));
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, stop",
    "LENGTH, length",
    "TOOL_CALLS, stop",
    "CONTENT_FILTER, content_filter",
    "ERROR, error"
  })
  void tellsWhyTheAnswerEnded(StopReason stop, String reason) {
    var answer = answer(stop, new Part.Refusal("No."));
    var whole = new Chat().answer(answer, GIVEN).toJsonObject();
    assertEquals(reason, whole.getString("done_reason"));
    assertEquals("No.", whole.getJsonObject("message").getString("content"));
    var lines = lines(new Chat().writer(GIVEN), answer.events());
    assertEquals("No.", lines.get(0).getJsonObject("message").getString("content"));
    assertEquals(reason, lines.get(1).getString("done_reason"));
  }

  @Test
  void tellsThatACallWasCutRatherThanInventItsArguments() {
    var answer = answer(StopReason.TOOL_CALLS, new Part.ToolCall("a", "f", "{\"a\":", null));
    var whole = new Chat().answer(answer, GIVEN).toJsonObject();
    assertEquals("error", whole.getString("done_reason"));
    assertFalse(whole.getJsonObject("message").containsKey("tool_calls"));
    var lines = lines(new Chat().writer(GIVEN), answer.events());
    assertEquals("error", lines.get(lines.size() - 1).getString("done_reason"));
  }

  @Test
  void writesLinesWithWholeCallsAndTheCountsLast() {
    var writer = new Chat().writer(GIVEN);
    assertEquals("application/x-ndjson", writer.contentType());
    assertNull(writer.event(new ChatEvent.Began("id", "claude-y")));
    assertNull(writer.event(new ChatEvent.Ping()));
    assertEquals(
        "{\"model\":\"asked-model\",\"created_at\":\"2026-11-25T12:00:00Z\","
            + "\"message\":{\"role\":\"assistant\",\"content\":\"Hé\"},\"done\":false}\n",
        writer.event(new ChatEvent.Text("Hé")).toString());
    assertNull(writer.event(new ChatEvent.CallBegan(0, "c", "f", null)));
    assertNull(writer.event(new ChatEvent.CallArguments(0, "{\"a\"")));
    var call = writer.event(new ChatEvent.CallArguments(0, ":1}")).toJsonObject();
    assertEquals(
        new JsonObject(
            "{\"id\":\"c\",\"function\":{\"index\":0,\"name\":\"f\",\"arguments\":{\"a\":1}}}"),
        call.getJsonObject("message").getJsonArray("tool_calls").getJsonObject(0));
    assertFalse(call.getBoolean("done"));
    assertNull(writer.event(new ChatEvent.CallBegan(1, "d", "g", null)));
    var last = lines(writer, List.of(new ChatEvent.Ended(StopReason.TOOL_CALLS, null, USAGE)));
    assertTrue(last.get(0).encode().contains("\"name\":\"g\""));
    assertTrue(last.get(1).getBoolean("done"));
    assertEquals(260, last.get(1).getInteger("eval_count"));
  }

  @Test
  void writesGeneratesAnswers() {
    var answer =
        answer(StopReason.STOP, new Part.Thinking("Hm", null, null, "google"), new Part.Text("A"));
    assertEquals(
        new JsonObject(
            """
            {"model":"asked-model","created_at":"2026-11-25T12:00:00Z","response":"A",
             "thinking":"Hm","done":true,"done_reason":"stop","prompt_eval_count":18034,
             "eval_count":260}"""),
        new Generate().answer(answer, GIVEN).toJsonObject());
    var lines = lines(new Generate().writer(GIVEN), answer.events());
    assertEquals("Hm", lines.get(0).getString("thinking"));
    assertEquals("A", lines.get(1).getString("response"));
    assertTrue(lines.get(2).getBoolean("done"));
  }

  @Test
  void tellsErrorsInOneSentence() {
    var failure = new Failure(Code.PROVIDER_FAILED, "It broke.");
    var told = "{\"error\":\"It broke. (request req-1)\"}";
    assertEquals(told, new Chat().error(failure, "req-1").toString());
    assertEquals(told, new Generate().error(failure, "req-1").toString());
    assertEquals(told, new Embed().error(failure, "req-1").toString());
    assertEquals(told + "\n", new Chat().writer(GIVEN).broken(failure).toString());
  }

  @Test
  void embedsTexts() {
    var body =
        "{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"dimensions\":3,\"truncate\":true,"
            + "\"keep_alive\":-1,\"options\":{\"num_ctx\":1}}";
    assertEquals(
        new EmbedRequest(List.of("a", "b"), 3),
        new Embed().request(Fields.of(new JsonObject(body))));
    assertEquals(
        new EmbedRequest(List.of("a"), null),
        new Embed().request(Fields.of(new JsonObject("{\"input\":\"a\"}"))));
    Refusals.refuses(new Embed()::request, "input", "{\"model\":\"m\"}");
    Refusals.refuses(new Embed()::request, "input", "{\"input\":[1]}");
    Refusals.refuses(new Embed()::request, "prompt", "{\"prompt\":\"a\"}");
    assertEquals(
        "{\"model\":\"asked-model\",\"embeddings\":[[0.5],[1.0]],\"prompt_eval_count\":4}",
        new Embed()
            .answer(
                List.of(List.of(0.5), List.of(1.0)), Givens.of("{}", false, TokenUsage.of(4, 0)))
            .toString());
  }

  @Test
  void listsModelsAsIfTheyWereInstalled() {
    var models = Tags.of(List.of("auto", "a/b"), Givens.NOW).getJsonArray("models");
    var second = models.getJsonObject(1);
    assertEquals("a/b", second.getString("name"));
    assertEquals("a/b", second.getString("model"));
    assertEquals("2026-11-25T12:00:00Z", second.getString("modified_at"));
    assertEquals(64, second.getString("digest").length());
    assertEquals("{\"version\":\"0.12.0\"}", Tags.version("0.12.0").encode());
  }
}
