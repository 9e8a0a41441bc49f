package io.commandcenter.akm.gateway.openai;

import static io.commandcenter.akm.testkit.Dialects.NOW;
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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseStreamTest {
  private static final String SUMMARY = "{'reasoning':{'summary':'auto'}}";
  private static final TokenUsage USAGE = new TokenUsage(10, 20, 3, 4, 50, 6, false);

  @Test
  void streamsTheWholeSequenceOfAText() {
    var events =
        stream(
            "{}",
            new ChatEvent.Began(null, null),
            new ChatEvent.Text("a\n"),
            new ChatEvent.Text("b"),
            new ChatEvent.Ended(StopReason.STOP, null, USAGE));
    assertEquals(
        List.of(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed"),
        events.stream().map(SseEvents.Event::name).toList());
    for (int i = 0; i < events.size(); i++) {
      assertEquals(events.get(i).name(), events.get(i).json().getString("type"));
      assertEquals(i, events.get(i).json().getInteger("sequence_number"));
    }
    assertEquals(
        json(
            "{'type':'response.output_text.delta','sequence_number':4,'item_id':'msg_req-1_0',"
                + "'output_index':0,'content_index':0,'logprobs':[],'delta':'a\\n'}"),
        events.get(4).json());
    assertEquals(
        json(
            "{'type':'response.output_text.done','sequence_number':6,'item_id':'msg_req-1_0',"
                + "'output_index':0,'content_index':0,'logprobs':[],'text':'a\\nb'}"),
        events.get(6).json());
    var begun = events.get(0).json().getJsonObject("response");
    assertEquals("in_progress", begun.getString("status"));
    assertEquals("resp_req-1", begun.getString("id"));
    var ended = events.get(9).json().getJsonObject("response");
    assertEquals("completed", ended.getString("status"));
    assertEquals(events.get(8).json().getValue("item"), output(ended).getValue(0));
  }

  @Test
  void answersWhatWasAskedAndUsed() {
    var answer =
        new ChatAnswer("gen-1", "m-2", List.of(new Part.Text("ab")), StopReason.STOP, null, USAGE);
    assertEquals(
        json(
            "{'id':'gen-1','object':'response','created_at':"
                + NOW.getEpochSecond()
                + ",'completed_at':"
                + NOW.getEpochSecond()
                + ",'status':'completed','background':false,'error':null,'incomplete_details':null,"
                + "'instructions':'Be brief.','max_output_tokens':9,'metadata':{'a':'b'},'model':'m-2',"
                + "'output':[{'id':'msg_req-1_0','type':'message','status':'completed','role':'assistant',"
                + "'content':[{'type':'output_text','text':'ab','annotations':[],'logprobs':[]}]}],"
                + "'parallel_tool_calls':true,'previous_response_id':null,"
                + "'reasoning':{'effort':null,'summary':null},'store':false,'temperature':1,"
                + "'text':{'format':{'type':'text'}},'tool_choice':'auto','tools':[],'top_p':1,"
                + "'truncation':'disabled','usage':{'input_tokens':37,"
                + "'input_tokens_details':{'cached_tokens':20,'cache_write_tokens':7},"
                + "'output_tokens':50,'output_tokens_details':{'reasoning_tokens':6},'total_tokens':87}}"),
        answer(
            "{'instructions':'Be brief.','max_output_tokens':9,'metadata':{'a':'b'},'store':true}",
            answer));
  }

  @Test
  void streamsCallsThatInterleaveUnderTheirItems() {
    var events =
        stream(
            "{}",
            new ChatEvent.Began("i", "m"),
            new ChatEvent.Text("a"),
            new ChatEvent.CallBegan(0, "call_a", "f", null),
            new ChatEvent.CallBegan(1, "call_b", "g", null),
            new ChatEvent.CallArguments(1, "{\"x\":"),
            new ChatEvent.CallArguments(0, ""),
            new ChatEvent.CallArguments(1, "1}"),
            new ChatEvent.Ended(StopReason.TOOL_CALLS, null, null));
    var ended = events.get(events.size() - 1).json().getJsonObject("response");
    assertEquals("completed", ended.getString("status"));
    assertNull(ended.getValue("usage"));
    assertEquals(
        List.of("message", "function_call", "function_call"),
        output(ended).stream().map(item -> ((JsonObject) item).getString("type")).toList());
    assertEquals(
        json(
            "{'id':'fc_req-1_1','type':'function_call','status':'completed','call_id':'call_a','name':'f','arguments':'{}'}"),
        output(ended).getJsonObject(1));
    assertEquals("{\"x\":1}", output(ended).getJsonObject(2).getString("arguments"));
    var deltas =
        events.stream()
            .filter(event -> event.name().equals("response.function_call_arguments.delta"))
            .map(SseEvents.Event::json)
            .toList();
    assertEquals(2, deltas.size());
    assertEquals("fc_req-1_2", deltas.get(0).getString("item_id"));
    assertEquals(2, deltas.get(0).getInteger("output_index"));
  }

  @Test
  void putsRefusalBehindTextInOneMessage() {
    var events =
        stream(
            "{}",
            new ChatEvent.Began("i", "m"),
            new ChatEvent.Text("a"),
            new ChatEvent.Refusal("no"),
            new ChatEvent.Ended(StopReason.CONTENT_FILTER, null, null));
    var last = events.get(events.size() - 1);
    assertEquals("response.incomplete", last.name());
    var response = last.json().getJsonObject("response");
    assertEquals(json("{'reason':'content_filter'}"), response.getJsonObject("incomplete_details"));
    var message = output(response).getJsonObject(0);
    assertEquals("incomplete", message.getString("status"));
    assertEquals(
        json("{'type':'refusal','refusal':'no'}"),
        message.getJsonArray("content").getJsonObject(1));
    assertEquals(1, output(response).size());
  }

  @Test
  void showsThinkingToThoseWhoAskedForIt() {
    var parts = List.<Part>of(new Part.Thinking("hm", "sig", null, "google"), new Part.Text("a"));
    var whole = new ChatAnswer("i", "m", parts, StopReason.STOP, null, null);
    assertEquals(1, output(answer("{}", whole)).size());
    assertEquals(
        json(
            "{'id':'rs_req-1_0','type':'reasoning','summary':[{'type':'summary_text','text':'hm'}]}"),
        output(answer(SUMMARY, whole)).getJsonObject(0));
    var names =
        stream(SUMMARY, whole.events().toArray(ChatEvent[]::new)).stream()
            .map(SseEvents.Event::name)
            .toList();
    assertEquals(
        List.of(
            "response.output_item.added",
            "response.reasoning_summary_part.added",
            "response.reasoning_summary_text.delta",
            "response.reasoning_summary_text.done",
            "response.reasoning_summary_part.done",
            "response.output_item.done",
            "response.output_item.added"),
        names.subList(2, 9));
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, completed",
    "TOOL_CALLS, completed",
    "LENGTH, incomplete",
    "CONTENT_FILTER, incomplete",
    "ERROR, failed"
  })
  void saysHowItEnded(StopReason stop, String status) {
    var response = answer("{}", new ChatAnswer("i", "m", List.of(), stop, null, null));
    assertEquals(status, response.getString("status"));
    assertEquals(stop == StopReason.ERROR, response.getValue("error") != null);
    var events = stream("{}", new ChatEvent.Began("i", "m"), new ChatEvent.Ended(stop, null, null));
    assertEquals("response." + status, events.get(2).name());
    assertEquals(new JsonArray(), output(response));
  }

  @Test
  void tellsABrokenStreamAsAnError() {
    var writer = new Responses().writer(given("{}"));
    assertEquals("text/event-stream", writer.contentType());
    assertEquals(": ping\n\n", writer.event(new ChatEvent.Ping()).toString());
    var failure = new Failure(Code.PROVIDER_FAILED, "broke off; try again");
    var event = SseEvents.of(writer.broken(failure).toString()).get(0);
    assertEquals("error", event.name());
    assertEquals("error", event.json().getString("type"));
    assertEquals("provider-failed", event.json().getString("code"));
    assertEquals("broke off; try again (request req-1)", event.json().getString("message"));
    assertEquals("server_error", event.json().getJsonObject("error").getString("type"));
  }

  private static JsonArray output(JsonObject response) {
    return response.getJsonArray("output");
  }

  private static JsonObject answer(String asked, ChatAnswer answer) {
    return new Responses().answer(answer, given(asked)).toJsonObject();
  }

  private static List<SseEvents.Event> stream(String asked, ChatEvent... events) {
    return SseEvents.of(written(new Responses().writer(given(asked)), List.of(events)));
  }
}
