package io.commandcenter.akm.gateway.anthropic;

import static io.commandcenter.akm.testkit.Dialects.given;
import static io.commandcenter.akm.testkit.Dialects.json;
import static io.commandcenter.akm.testkit.Dialects.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.testkit.SseEvents;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReplyTest {
  private static final String THINKING = "{'thinking':{'type':'enabled','budget_tokens':1024}}";
  private static final TokenUsage USAGE = new TokenUsage(10, 20, 3, 4, 50, 6, false);
  private static final String COUNTS =
      "'input_tokens':10,'cache_creation_input_tokens':7,'cache_read_input_tokens':20,"
          + "'output_tokens':50,'output_tokens_details':{'thinking_tokens':6},'server_tool_use':null";

  @Test
  void writesAText() {
    var answer =
        new ChatAnswer("gen-1", "m-2", List.of(new Part.Text("a")), StopReason.STOP, null, USAGE);
    assertEquals(
        json(
            "{'id':'gen-1','type':'message','role':'assistant','model':'m-2',"
                + "'content':[{'type':'text','text':'a','citations':null}],"
                + "'stop_reason':'end_turn','stop_sequence':null,'stop_details':null,"
                + "'container':null,'diagnostics':null,'usage':{"
                + COUNTS
                + ",'cache_creation':{'ephemeral_5m_input_tokens':3,'ephemeral_1h_input_tokens':4},"
                + "'inference_geo':null,'service_tier':'standard','speed':'standard'}}"),
        reply("{}", answer));
  }

  @Test
  void writesCallsAndWhatIsNoObjectUnderItsOwnName() {
    var parts =
        List.<Part>of(
            new Part.ToolCall("call_1", "f", "{\"a\":{\"b\":[1]}}", "thought"),
            new Part.ToolCall("call_2", "g", "", null),
            new Part.ToolCall("call_3", "g", "{\"cut", null));
    var reply = reply("{}", new ChatAnswer(null, null, parts, StopReason.LENGTH, null, null));
    assertEquals("msg_req-1", reply.getString("id"));
    assertEquals("model-x", reply.getString("model"));
    assertEquals("max_tokens", reply.getString("stop_reason"));
    assertEquals(0, reply.getJsonObject("usage").getInteger("input_tokens"));
    var content = reply.getJsonArray("content");
    assertEquals(
        json(
            "{'type':'tool_use','id':'call_1','name':'f','input':{'a':{'b':[1]}},'caller':{'type':'direct'}}"),
        content.getJsonObject(0));
    assertEquals(new JsonObject(), content.getJsonObject(1).getJsonObject("input"));
    assertEquals(
        "{\"cut", content.getJsonObject(2).getJsonObject("input").getString("INVALID_JSON"));
  }

  @Test
  void showsThinkingToThoseWhoAskedForIt() {
    var parts =
        List.<Part>of(
            new Part.Thinking("own", "sig", null, "anthropic"),
            new Part.Thinking("", null, "xx", "anthropic"),
            new Part.Thinking("foreign", "other", null, "google"),
            new Part.Thinking("", "other", null, "google"),
            new Part.Text("a"));
    var answer = new ChatAnswer("i", "m", parts, StopReason.STOP, null, USAGE);
    assertEquals(
        json("{'c':[{'type':'thinking','thinking':'own','signature':'sig'},"
                + "{'type':'redacted_thinking','data':'xx'},"
                + "{'type':'thinking','thinking':'foreign','signature':''},"
                + "{'type':'text','text':'a','citations':null}]}")
            .getJsonArray("c"),
        reply(THINKING, answer).getJsonArray("content"));
    for (var asked :
        List.of(
            "{}",
            "{'thinking':{'type':'disabled'}}",
            "{'thinking':{'type':'adaptive','display':'omitted'}}")) {
      assertEquals(1, reply(asked, answer).getJsonArray("content").size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "STOP,, end_turn",
    "STOP, END, stop_sequence",
    "LENGTH,, max_tokens",
    "TOOL_CALLS,, tool_use",
    "CONTENT_FILTER,, refusal",
    "ERROR,, end_turn"
  })
  void saysWhyItEnded(StopReason stop, String stopText, String reason) {
    var reply = reply("{}", new ChatAnswer("i", "m", List.of(), stop, stopText, null));
    assertEquals(reason, reply.getString("stop_reason"));
    assertEquals(stopText, reply.getString("stop_sequence"));
    var events =
        stream("{}", new ChatEvent.Began("i", "m"), new ChatEvent.Ended(stop, stopText, null));
    var delta = events.get(1).json().getJsonObject("delta");
    assertEquals(reason, delta.getString("stop_reason"));
    assertEquals(stopText, delta.getString("stop_sequence"));
  }

  @Test
  void tellsARefusalInWordsAsOne() {
    var answer =
        new ChatAnswer("i", "m", List.of(new Part.Refusal("no")), StopReason.STOP, null, null);
    var reply = reply("{}", answer);
    assertEquals("refusal", reply.getString("stop_reason"));
    assertEquals(
        json("{'type':'refusal','category':null,'explanation':'no'}"),
        reply.getJsonObject("stop_details"));
    var events = stream("{}", answer.events().toArray(ChatEvent[]::new));
    assertEquals(
        json(
            "{'stop_reason':'refusal','stop_sequence':null,'container':null,"
                + "'stop_details':{'type':'refusal','category':null,'explanation':'no'}}"),
        events.get(4).json().getJsonObject("delta"));
  }

  @Test
  void streamsTextInOneBlock() {
    var events =
        stream(
            "{}",
            new ChatEvent.Began("gen-1", "m-2"),
            new ChatEvent.Text("a\n"),
            new ChatEvent.Ping(),
            new ChatEvent.Text("\"b\""),
            new ChatEvent.Text(""),
            new ChatEvent.Ended(StopReason.STOP, "END", USAGE));
    assertEquals(
        List.of(
            "message_start",
            "content_block_start",
            "content_block_delta",
            "ping",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop"),
        events.stream().map(SseEvents.Event::name).toList());
    events.forEach(event -> assertEquals(event.name(), event.json().getString("type")));
    var message = events.get(0).json().getJsonObject("message");
    assertEquals("gen-1", message.getString("id"));
    assertEquals("m-2", message.getString("model"));
    assertEquals(0, message.getJsonObject("usage").getInteger("input_tokens"));
    assertEquals(
        json(
            "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':'','citations':null}}"),
        events.get(1).json());
    assertEquals(
        json(
            "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'a\\n'}}"),
        events.get(2).json());
    assertEquals(
        json(
            "{'type':'message_delta','delta':{'stop_reason':'stop_sequence','stop_sequence':'END',"
                + "'stop_details':null,'container':null},'usage':{"
                + COUNTS
                + "}}"),
        events.get(6).json());
  }

  /** Seen failing with CallQueue left out: the second call's arguments went to the first. */
  @Test
  void streamsCallsThatInterleaveOneAfterTheOther() {
    var events =
        stream(
            "{}",
            new ChatEvent.Began("i", "m"),
            new ChatEvent.Text("a"),
            new ChatEvent.CallBegan(0, "call_a", "f", null),
            new ChatEvent.CallBegan(1, "call_b", "g", null),
            new ChatEvent.CallArguments(1, "{\"x\":"),
            new ChatEvent.CallArguments(0, "{\"y\":2}"),
            new ChatEvent.CallArguments(1, "1}"),
            new ChatEvent.CallBegan(2, "call_c", "h", null),
            new ChatEvent.Ended(StopReason.TOOL_CALLS, null, null));
    assertEquals(
        List.of(
            "start 0 text",
            "delta 0 text_delta a",
            "stop 0",
            "start 1 call_a",
            "delta 1 input_json_delta {\"y\":2}",
            "stop 1",
            "start 2 call_b",
            "delta 2 input_json_delta {\"x\":1}",
            "stop 2",
            "start 3 call_c",
            "stop 3"),
        blocks(events));
  }

  @Test
  void goesOnWithTextAfterCalls() {
    var events =
        stream(
            "{}",
            new ChatEvent.Began("i", "m"),
            new ChatEvent.CallBegan(0, "call_a", "f", null),
            new ChatEvent.CallBegan(1, "call_b", "g", null),
            new ChatEvent.CallArguments(0, "{}"),
            new ChatEvent.Text("a"),
            new ChatEvent.CallBegan(2, "call_c", "h", null),
            new ChatEvent.CallArguments(2, "{}"),
            new ChatEvent.Ended(StopReason.TOOL_CALLS, null, null));
    assertEquals(
        List.of(
            "start 0 call_a",
            "delta 0 input_json_delta {}",
            "stop 0",
            "start 1 call_b",
            "stop 1",
            "start 2 text",
            "delta 2 text_delta a",
            "stop 2",
            "start 3 call_c",
            "delta 3 input_json_delta {}",
            "stop 3"),
        blocks(events));
  }

  @Test
  void streamsThinkingBlockByBlock() {
    var events =
        stream(
            THINKING,
            new ChatEvent.Began("i", "m"),
            new ChatEvent.Thinking("h", null, null, "anthropic"),
            new ChatEvent.Thinking("m", null, null, "anthropic"),
            new ChatEvent.Thinking("", "sig", null, "anthropic"),
            new ChatEvent.Thinking("", null, "xx", "anthropic"),
            new ChatEvent.Thinking("foreign", null, null, "google"),
            new ChatEvent.Text("a"),
            new ChatEvent.Ended(StopReason.STOP, null, null));
    assertEquals(
        List.of(
            "start 0 thinking",
            "delta 0 thinking_delta h",
            "delta 0 thinking_delta m",
            "delta 0 signature_delta sig",
            "stop 0",
            "start 1 redacted_thinking",
            "stop 1",
            "start 2 thinking",
            "delta 2 thinking_delta foreign",
            "stop 2",
            "start 3 text",
            "delta 3 text_delta a",
            "stop 3"),
        blocks(events));
    var writer = new Messages().writer(given("{}"));
    assertNull(writer.event(new ChatEvent.Thinking("hm", "sig", null, "anthropic")));
  }

  @Test
  void tellsABrokenStreamAsAnError() {
    var failure = new Failure(Code.UNAVAILABLE, "busy; try again");
    var writer = new Messages().writer(given("{}"));
    assertEquals("text/event-stream", writer.contentType());
    var event = SseEvents.of(writer.broken(failure).toString()).get(0);
    assertEquals("error", event.name());
    assertEquals(
        json(
            "{'type':'error','error':{'type':'overloaded_error','message':'busy; try again'},'request_id':'req-1'}"),
        event.json());
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST, invalid_request_error",
    "UNAUTHENTICATED, authentication_error",
    "BUDGET_EXCEEDED, billing_error",
    "FORBIDDEN, permission_error",
    "UNKNOWN_MODEL, not_found_error",
    "TOO_LARGE, request_too_large",
    "RATE_LIMITED, rate_limit_error",
    "INTERNAL, api_error",
    "SEALED, overloaded_error",
    "DEADLINE_EXCEEDED, timeout_error"
  })
  void shapesErrors(Code code, String type) {
    var error = new Messages().error(new Failure(code, "what; do"), "req-9").toJsonObject();
    assertEquals(type, error.getJsonObject("error").getString("type"));
    assertEquals("what; do", error.getJsonObject("error").getString("message"));
    assertEquals("req-9", error.getString("request_id"));
  }

  /** The events of blocks, each as one line. */
  private static List<String> blocks(List<SseEvents.Event> events) {
    return events.stream()
        .filter(event -> event.name().startsWith("content_block"))
        .map(event -> line(event.name().substring("content_block_".length()), event.json()))
        .toList();
  }

  private static String line(String what, JsonObject json) {
    var head = what + " " + json.getInteger("index");
    if (what.equals("start")) {
      var block = json.getJsonObject("content_block");
      return head + " " + block.getString("id", block.getString("type"));
    }
    if (what.equals("stop")) {
      return head;
    }
    var delta = json.getJsonObject("delta");
    var type = delta.getString("type");
    var name =
        switch (type) {
          case "text_delta" -> "text";
          case "thinking_delta" -> "thinking";
          case "signature_delta" -> "signature";
          default -> "partial_json";
        };
    return head + " " + type + " " + delta.getString(name);
  }

  private static JsonObject reply(String asked, ChatAnswer answer) {
    return new Messages().answer(answer, given(asked)).toJsonObject();
  }

  private static List<SseEvents.Event> stream(String asked, ChatEvent... events) {
    return SseEvents.of(written(new Messages().writer(given(asked)), List.of(events)));
  }
}
