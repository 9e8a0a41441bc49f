package io.commandcenter.akm.gateway.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.Givens;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateContentAnswerTest {
  private static final GenerateContent DIALECT = new GenerateContent();
  private static final Given PLAIN = Givens.of("{}");
  private static final Given THOUGHTFUL =
      Givens.of("{\"generation_config\":{\"thinkingConfig\":{\"include_thoughts\":true}}}");
  private static final TokenUsage USAGE = new TokenUsage(34, 18_000, 1_200, 500, 260, 60, false);

  private static ChatAnswer answer(StopReason stop, Part... parts) {
    return new ChatAnswer("msg_1", "claude-y", List.of(parts), stop, null, USAGE);
  }

  private static JsonObject written(ChatAnswer answer, Given given) {
    return DIALECT.answer(answer, given).toJsonObject();
  }

  private static JsonObject candidate(JsonObject response) {
    return response.getJsonArray("candidates").getJsonObject(0);
  }

  private static String stream(StreamWriter writer, List<ChatEvent> events) {
    var bytes = Buffer.buffer();
    events.forEach(
        event -> {
          var next = writer.event(event);
          if (next != null) {
            bytes.appendBuffer(next);
          }
        });
    return bytes.toString();
  }

  @Test
  void writesAWholeAnswer() {
    var answer =
        answer(
            StopReason.TOOL_CALLS,
            new Part.Thinking("Hm", "foreign", null, "anthropic"),
            new Part.Text("Look."),
            new Part.ToolCall("toolu_1", "f", "{\"a\":1}", null),
            new Part.ToolCall("toolu_2", "g", "{}", "sig"));
    assertEquals(
        new JsonObject(
            """
            {"candidates":[{"content":{"role":"model","parts":[
               {"text":"Hm","thought":true},{"text":"Look."},
               {"functionCall":{"id":"toolu_1","name":"f","args":{"a":1}}},
               {"functionCall":{"id":"toolu_2","name":"g","args":{}},"thoughtSignature":"sig"}]},
              "finishReason":"STOP","index":0}],
             "usageMetadata":{"promptTokenCount":19734,"cachedContentTokenCount":18000,
              "candidatesTokenCount":200,"thoughtsTokenCount":60,"totalTokenCount":19994},
             "modelVersion":"claude-y","responseId":"req-1"}"""),
        written(answer, THOUGHTFUL));
  }

  @Test
  void showsThoughtsOnlyToWhoAskedForThem() {
    var answer =
        answer(
            StopReason.STOP,
            new Part.Thinking("Hm", null, null, "anthropic"),
            new Part.Text("Yes"));
    assertEquals(
        new JsonArray().add(new JsonObject().put("text", "Yes")),
        candidate(written(answer, PLAIN)).getJsonObject("content").getJsonArray("parts"));
    assertFalse(stream(DIALECT.writer(PLAIN), answer.events()).contains("Hm"));
    assertTrue(stream(DIALECT.writer(THOUGHTFUL), answer.events()).contains("\"thought\":true"));
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, STOP",
    "LENGTH, MAX_TOKENS",
    "TOOL_CALLS, STOP",
    "CONTENT_FILTER, SAFETY",
    "ERROR, OTHER"
  })
  void tellsWhyTheAnswerEnded(StopReason stop, String finish) {
    var answer = answer(stop, new Part.Text("Yes"));
    assertEquals(finish, candidate(written(answer, PLAIN)).getString("finishReason"));
    assertTrue(
        stream(DIALECT.writer(PLAIN), answer.events())
            .contains("\"finishReason\":\"" + finish + "\""));
  }

  @Test
  void writesARefusalAsATextThatEndsForSafety() {
    var answer = answer(StopReason.STOP, new Part.Refusal("No."));
    var candidate = candidate(written(answer, PLAIN));
    assertEquals("SAFETY", candidate.getString("finishReason"));
    assertTrue(candidate.encode().contains("No."));
    assertTrue(stream(DIALECT.writer(PLAIN), answer.events()).contains("SAFETY"));
  }

  @Test
  void tellsThatACallWasCutRatherThanInventItsArguments() {
    var answer = answer(StopReason.TOOL_CALLS, new Part.ToolCall("a", "f", "{\"a\":", null));
    var candidate = candidate(written(answer, PLAIN));
    assertEquals("MALFORMED_FUNCTION_CALL", candidate.getString("finishReason"));
    assertFalse(candidate.encode().contains("functionCall\""));
    assertTrue(stream(DIALECT.writer(PLAIN), answer.events()).contains("MALFORMED_FUNCTION_CALL"));
  }

  @Test
  void writesEventsWithWholeCallsAndTheUsageLast() {
    var writer = DIALECT.writer(PLAIN);
    assertEquals("text/event-stream", writer.contentType());
    assertNull(writer.event(new ChatEvent.Began("id", "claude-y")));
    assertNull(writer.event(new ChatEvent.Ping()));
    assertEquals(
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hé\"}],\"role\":\"model\"},"
            + "\"index\":0}],\"modelVersion\":\"claude-y\",\"responseId\":\"req-1\"}\r\n\r\n",
        writer.event(new ChatEvent.Text("Hé")).toString());
    assertNull(writer.event(new ChatEvent.CallBegan(0, "c", "f", null)));
    assertNull(writer.event(new ChatEvent.CallArguments(0, "{\"a\"")));
    var call = writer.event(new ChatEvent.CallArguments(0, ":1}")).toString();
    assertTrue(
        call.contains("{\"functionCall\":{\"id\":\"c\",\"name\":\"f\",\"args\":{\"a\":1}}}"));
    assertNull(writer.event(new ChatEvent.CallBegan(1, "d", "g", null)));
    var last = writer.event(new ChatEvent.Ended(StopReason.TOOL_CALLS, null, USAGE)).toString();
    assertTrue(last.contains("\"name\":\"g\",\"args\":{}"), last);
    assertTrue(last.contains("\"finishReason\":\"STOP\""));
    assertTrue(last.contains("\"totalTokenCount\":19994"));
  }

  @Test
  void writesOneArrayWithoutEvents() {
    var writer = DIALECT.arrayWriter(PLAIN);
    assertEquals("application/json; charset=UTF-8", writer.contentType());
    var answer = answer(StopReason.STOP, new Part.Text("one"), new Part.Text("two"));
    var array = new JsonArray(stream(writer, answer.events()));
    assertEquals(3, array.size());
    assertEquals("STOP", candidate(array.getJsonObject(2)).getString("finishReason"));
  }

  @Test
  void endsABrokenStreamWithGooglesError() {
    var failure = new Failure(Code.PROVIDER_FAILED, "The provider broke off.");
    assertEquals(
        "data: {\"error\":{\"code\":502,\"message\":\"The provider broke off. (request req-1)\","
            + "\"status\":\"UNAVAILABLE\"}}\r\n\r\n",
        DIALECT.writer(PLAIN).broken(failure).toString());
    var fresh = new JsonArray(DIALECT.arrayWriter(PLAIN).broken(failure).toString());
    assertEquals(1, fresh.size());
    var writer = DIALECT.arrayWriter(PLAIN);
    var begun = writer.event(new ChatEvent.Text("one")).toString();
    assertEquals(2, new JsonArray(begun + writer.broken(failure)).size());
    var relayed = DIALECT.arrayWriter(Givens.of("{}", true, null)).broken(failure);
    assertEquals(2, new JsonArray("[{}\r\n" + relayed).size());
  }
}
