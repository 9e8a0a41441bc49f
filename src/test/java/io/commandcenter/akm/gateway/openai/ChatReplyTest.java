package io.commandcenter.akm.gateway.openai;

import static io.commandcenter.akm.testkit.Dialects.NOW;
import static io.commandcenter.akm.testkit.Dialects.given;
import static io.commandcenter.akm.testkit.Dialects.json;
import static io.commandcenter.akm.testkit.Dialects.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.testkit.SseEvents;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatReplyTest {
  private static final TokenUsage USAGE = new TokenUsage(10, 20, 3, 4, 50, 6, false);
  private static final String USAGE_JSON =
      "{'prompt_tokens':37,'completion_tokens':50,'total_tokens':87,"
          + "'prompt_tokens_details':{'cached_tokens':20,'cache_write_tokens':7},"
          + "'completion_tokens_details':{'reasoning_tokens':6}}";

  @Test
  void writesAText() {
    var answer =
        new ChatAnswer(
            "gen-1",
            "m-2",
            List.of(new Part.Text("a"), new Part.Text("b")),
            StopReason.STOP,
            null,
            USAGE);
    assertEquals(
        json(
            "{'id':'gen-1','object':'chat.completion','created':"
                + NOW.getEpochSecond()
                + ",'model':'m-2','choices':[{'index':0,'message':{'role':'assistant','content':'ab',"
                + "'refusal':null},'logprobs':null,'finish_reason':'stop'}],'usage':"
                + USAGE_JSON
                + "}"),
        reply(answer));
  }

  @Test
  void writesCallsThinkingAndRefusal() {
    var parts =
        List.<Part>of(
            new Part.Thinking("hm", "sig", null, "anthropic"),
            new Part.ToolCall("call_1", "get_weather", "{\"city\":\"Bern\"}", null),
            new Part.ToolCall("call_2", "f", "{}", "thought"),
            new Part.Refusal("no"));
    var reply = reply(new ChatAnswer(null, null, parts, StopReason.TOOL_CALLS, null, null));
    assertEquals("chatcmpl-req-1", reply.getString("id"));
    assertEquals("model-x", reply.getString("model"));
    assertFalse(reply.containsKey("usage"));
    var choice = reply.getJsonArray("choices").getJsonObject(0);
    assertEquals("tool_calls", choice.getString("finish_reason"));
    assertEquals(
        new JsonObject()
            .put("role", "assistant")
            .putNull("content")
            .put("refusal", "no")
            .put("reasoning_content", "hm")
            .put(
                "tool_calls",
                json("{'c':[{'id':'call_1','type':'function','function':{'name':'get_weather',"
                        + "'arguments':'{\\'city\\':\\'Bern\\'}'}},"
                        + "{'id':'call_2','type':'function','function':{'name':'f','arguments':'{}'},"
                        + "'extra_content':{'google':{'thought_signature':'thought'}}}]}")
                    .getJsonArray("c")),
        choice.getJsonObject("message"));
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, stop",
    "LENGTH, length",
    "TOOL_CALLS, tool_calls",
    "CONTENT_FILTER, content_filter",
    "ERROR, stop"
  })
  void saysWhyItEnded(StopReason stop, String reason) {
    var reply = reply(new ChatAnswer("i", "m", List.of(), stop, null, null));
    var choice = reply.getJsonArray("choices").getJsonObject(0);
    assertEquals(reason, choice.getString("finish_reason"));
    assertEquals("", choice.getJsonObject("message").getString("content"));
    var stream = stream("{}", new ChatEvent.Began("i", "m"), new ChatEvent.Ended(stop, null, null));
    assertEquals(reason, choice(stream.get(1)).getString("finish_reason"));
  }

  @Test
  void streamsTextWithTheUsageThatWasAskedFor() {
    var events =
        stream(
            "{'stream_options':{'include_usage':true}}",
            new ChatEvent.Began("gen-1", "m-2"),
            new ChatEvent.Text("a\n\"b\" \u20ac😀"),
            new ChatEvent.Text(""),
            new ChatEvent.Ended(StopReason.STOP, "END", USAGE));
    var chunk =
        "{'id':'gen-1','object':'chat.completion.chunk','created':"
            + NOW.getEpochSecond()
            + ",'model':'m-2','choices':";
    assertEquals(5, events.size());
    assertEquals(
        json(
            chunk
                + "[{'index':0,'delta':{'role':'assistant','content':''},'logprobs':null,'finish_reason':null}],'usage':null}"),
        events.get(0).json());
    assertEquals(
        new JsonObject().put("content", "a\n\"b\" \u20ac😀"),
        choice(events.get(1)).getJsonObject("delta"));
    assertEquals(
        json(
            chunk
                + "[{'index':0,'delta':{},'logprobs':null,'finish_reason':'stop'}],'usage':null}"),
        events.get(2).json());
    assertEquals(json(chunk + "[],'usage':" + USAGE_JSON + "}"), events.get(3).json());
    assertEquals("[DONE]", events.get(4).data());
  }

  @Test
  void streamsNoUsageToThoseWhoDidNotAsk() {
    var events =
        stream(
            "{'stream_options':{'include_usage':false}}",
            new ChatEvent.Began("i", "m"),
            new ChatEvent.Ended(StopReason.STOP, null, USAGE));
    assertEquals(3, events.size());
    assertFalse(events.get(1).json().containsKey("usage"));
  }

  @Test
  void streamsCallsThatInterleaveUnderTheirIndex() {
    var events =
        stream(
            "{}",
            new ChatEvent.Began(null, null),
            new ChatEvent.CallBegan(0, "call_a", "f", null),
            new ChatEvent.CallBegan(1, "call_b", "g", "thought"),
            new ChatEvent.CallArguments(1, "{\"x\":"),
            new ChatEvent.CallArguments(0, "{}"),
            new ChatEvent.CallArguments(0, ""),
            new ChatEvent.CallArguments(1, "1}"),
            new ChatEvent.Ended(StopReason.STOP, null, null));
    assertEquals("chatcmpl-req-1", events.get(0).json().getString("id"));
    assertEquals(
        json("{'index':0,'id':'call_a','type':'function','function':{'name':'f','arguments':''}}"),
        call(events.get(1)));
    assertEquals(
        json(
            "{'index':1,'id':'call_b','type':'function','function':{'name':'g','arguments':''},"
                + "'extra_content':{'google':{'thought_signature':'thought'}}}"),
        call(events.get(2)));
    var arguments =
        events.subList(3, 6).stream()
            .map(ChatReplyTest::call)
            .collect(
                Collectors.groupingBy(
                    call -> call.getInteger("index"),
                    Collectors.mapping(
                        call -> call.getJsonObject("function").getString("arguments"),
                        Collectors.joining())));
    assertEquals(Map.of(0, "{}", 1, "{\"x\":1}"), arguments);
    assertEquals("tool_calls", choice(events.get(6)).getString("finish_reason"));
  }

  @Test
  void streamsThinkingAndRefusalInTheirOwnFields() {
    var events =
        stream(
            "{}",
            new ChatEvent.Began("i", "m"),
            new ChatEvent.Thinking("hm", null, null, "google"),
            new ChatEvent.Thinking("", "sig", null, "google"),
            new ChatEvent.Refusal("no"),
            new ChatEvent.Ended(StopReason.CONTENT_FILTER, null, null));
    assertEquals(json("{'reasoning_content':'hm'}"), choice(events.get(1)).getJsonObject("delta"));
    assertEquals(json("{'refusal':'no'}"), choice(events.get(2)).getJsonObject("delta"));
    assertEquals(5, events.size());
  }

  @Test
  void showsThatAStreamLivesByAComment() {
    var writer = new ChatCompletions().writer(given("{}"));
    assertEquals("text/event-stream", writer.contentType());
    assertEquals(": ping\n\n", writer.event(new ChatEvent.Ping()).toString());
    assertNull(writer.event(new ChatEvent.Thinking("", "sig", null, "google")));
  }

  @Test
  void tellsABrokenStreamAsAnError() {
    var failure = new Failure(Code.PROVIDER_FAILED, "the provider broke off; try again");
    var events = SseEvents.of(new ChatCompletions().writer(given("{}")).broken(failure).toString());
    assertEquals(1, events.size());
    assertEquals(
        json(
            "{'error':{'message':'the provider broke off; try again (request req-1)',"
                + "'type':'server_error','param':null,'code':'provider-failed'}}"),
        events.get(0).json());
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST, invalid_request_error",
    "UNAUTHENTICATED, authentication_error",
    "BUDGET_EXCEEDED, insufficient_quota",
    "FORBIDDEN, permission_error",
    "RATE_LIMITED, rate_limit_error",
    "INTERNAL, server_error",
    "NO_CANDIDATE, server_error"
  })
  void shapesErrors(Code code, String type) {
    var failure = new Failure(code, "what; do").with(Fields.PARAM, "n");
    var error = new ChatCompletions().error(failure, "req-9").toJsonObject().getJsonObject("error");
    assertEquals(type, error.getString("type"));
    assertEquals("n", error.getString("param"));
    assertEquals("what; do (request req-9)", error.getString("message"));
  }

  private static JsonObject reply(ChatAnswer answer) {
    return new ChatCompletions().answer(answer, given("{}")).toJsonObject();
  }

  private static List<SseEvents.Event> stream(String asked, ChatEvent... events) {
    var writer = new ChatCompletions().writer(given(asked));
    return SseEvents.of(written(writer, List.of(events)));
  }

  private static JsonObject choice(SseEvents.Event chunk) {
    return chunk.json().getJsonArray("choices").getJsonObject(0);
  }

  private static JsonObject call(SseEvents.Event chunk) {
    return choice(chunk).getJsonObject("delta").getJsonArray("tool_calls").getJsonObject(0);
  }
}
