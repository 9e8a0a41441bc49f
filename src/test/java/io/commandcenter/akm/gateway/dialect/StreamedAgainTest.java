package io.commandcenter.akm.gateway.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.core.chat.AnswerBuilder;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.anthropic.Messages;
import io.commandcenter.akm.gateway.openai.ChatCompletions;
import io.commandcenter.akm.gateway.openai.Responses;
import io.commandcenter.akm.testkit.Dialects;
import io.commandcenter.akm.testkit.SseEvents;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A stream that is put together again by the letter of its dialect says the same as the events it
 * was written from: any texts, cut anywhere, and calls that interleave.
 */
class StreamedAgainTest {
  private static final int ROUNDS = Boolean.getBoolean("akm.soak") ? 2_000 : 200;
  private static final TokenUsage USAGE = new TokenUsage(1, 2, 3, 4, 5, 1, false);

  /** What any dialect can tell of an answer. */
  private record Said(
      String text, String refusal, String thinking, Map<String, String> calls, long prompt) {}

  @Test
  void chatCompletions() {
    var asked = "{'stream_options':{'include_usage':true}}";
    everyRound(
        new ChatCompletions(),
        asked,
        events -> {
          var last = events.remove(events.size() - 1);
          assertEquals("[DONE]", last.data());
          return readChat(events);
        });
  }

  @Test
  void messages() {
    everyRound(
        new Messages(),
        "{'thinking':{'type':'adaptive','display':'summarized'}}",
        StreamedAgainTest::readMessages);
  }

  @Test
  void responses() {
    everyRound(
        new Responses(), "{'reasoning':{'summary':'auto'}}", StreamedAgainTest::readResponses);
  }

  private interface Reading {
    Said of(List<SseEvents.Event> events);
  }

  private static void everyRound(ChatDialect dialect, String asked, Reading reading) {
    for (int round = 0; round < ROUNDS; round++) {
      var random = new Random(round);
      var events = events(random);
      var written = Dialects.written(dialect.writer(Dialects.given(asked)), events);
      var read = reading.of(new ArrayList<>(SseEvents.of(written)));
      assertEquals(said(events), read, "round " + round);
    }
  }

  private static List<ChatEvent> events(Random random) {
    var events = new ArrayList<ChatEvent>();
    events.add(new ChatEvent.Began("id", "m"));
    if (random.nextBoolean()) {
      fragments(random).forEach(t -> events.add(new ChatEvent.Thinking(t, null, null, "google")));
      events.add(new ChatEvent.Thinking("", "sig", null, "google"));
    }
    fragments(random).forEach(text -> events.add(new ChatEvent.Text(text)));
    if (random.nextInt(4) == 0) {
      fragments(random).forEach(text -> events.add(new ChatEvent.Refusal(text)));
    }
    var calls = calls(random);
    events.addAll(calls);
    events.add(random.nextInt(events.size() - 1) + 1, new ChatEvent.Ping());
    var stop = calls.isEmpty() ? StopReason.STOP : StopReason.TOOL_CALLS;
    events.add(new ChatEvent.Ended(stop, null, USAGE));
    return events;
  }

  private static List<ChatEvent> calls(Random random) {
    var events = new ArrayList<ChatEvent>();
    var left = new TreeMap<Integer, List<String>>();
    int calls = random.nextInt(4);
    for (int begun = 0; begun < calls || !left.isEmpty(); ) {
      if (begun < calls && (left.isEmpty() || random.nextBoolean())) {
        events.add(new ChatEvent.CallBegan(begun, "call_" + begun, "f" + begun, null));
        left.put(begun, cut(new JsonObject().put("a\"", text(random)).encode(), random));
        begun++;
      } else {
        int index = List.copyOf(left.keySet()).get(random.nextInt(left.size()));
        events.add(new ChatEvent.CallArguments(index, left.get(index).remove(0)));
        left.values().removeIf(List::isEmpty);
      }
    }
    return events;
  }

  private static List<String> fragments(Random random) {
    return cut(text(random), random);
  }

  private static List<String> cut(String text, Random random) {
    var fragments = new ArrayList<String>();
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + 1 + random.nextInt(6));
      fragments.add(text.substring(from, to));
      from = to;
    }
    return fragments;
  }

  private static String text(Random random) {
    var text = new StringBuilder("x");
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(
          random.nextInt(5) == 0 ? 0x1F600 + random.nextInt(50) : random.nextInt(0x250));
    }
    return text.toString();
  }

  private static Said said(List<ChatEvent> events) {
    var whole = new AnswerBuilder();
    events.forEach(whole::add);
    return said(whole.build());
  }

  private static Said said(ChatAnswer answer) {
    var text = new StringBuilder();
    var refusal = new StringBuilder();
    var thinking = new StringBuilder();
    var calls = new TreeMap<String, String>();
    for (var part : answer.parts()) {
      if (part instanceof Part.Text said) {
        text.append(said.text());
      } else if (part instanceof Part.Refusal said) {
        refusal.append(said.text());
      } else if (part instanceof Part.Thinking thought) {
        thinking.append(thought.text());
      } else if (part instanceof Part.ToolCall call) {
        calls.put(call.id() + " " + call.name(), call.arguments());
      }
    }
    return new Said(
        text.toString(), refusal.toString(), thinking.toString(), calls, answer.usage().prompt());
  }

  private static Said readChat(List<SseEvents.Event> events) {
    var said = new Builder();
    for (var event : events) {
      var chunk = event.json();
      var usage = chunk.getJsonObject("usage");
      said.prompt = usage == null ? said.prompt : usage.getLong("prompt_tokens");
      for (var choice : chunk.getJsonArray("choices")) {
        var delta = ((JsonObject) choice).getJsonObject("delta");
        said.text.append(delta.getString("content", ""));
        said.refusal.append(delta.getString("refusal", ""));
        said.thinking.append(delta.getString("reasoning_content", ""));
        for (var call : delta.getJsonArray("tool_calls", new JsonArray())) {
          var json = (JsonObject) call;
          var function = json.getJsonObject("function");
          said.call(json.getInteger("index"), json.getString("id"), function.getString("name"))
              .append(function.getString("arguments"));
        }
      }
    }
    return said.build();
  }

  private static Said readMessages(List<SseEvents.Event> events) {
    var said = new Builder();
    int open = -1;
    for (var event : events) {
      var json = event.json();
      switch (event.name()) {
        case "content_block_start" -> {
          assertEquals(++open, json.getInteger("index"), "blocks are counted");
          var block = json.getJsonObject("content_block");
          if (block.getString("type").equals("tool_use")) {
            said.call(open, block.getString("id"), block.getString("name"));
          }
        }
        case "content_block_delta" -> {
          assertEquals(open, json.getInteger("index"), "one block is open");
          var delta = json.getJsonObject("delta");
          said.text.append(delta.getString("text", ""));
          said.thinking.append(delta.getString("thinking", ""));
          if (delta.containsKey("partial_json")) {
            said.call(open, null, null).append(delta.getString("partial_json"));
          }
        }
        case "message_delta" -> readEnd(said, json);
        default -> {}
      }
    }
    assertEquals("message_stop", events.get(events.size() - 1).name());
    return said.build();
  }

  /** A refusal in words is text here, told apart by the end. */
  private static void readEnd(Builder said, JsonObject json) {
    var usage = json.getJsonObject("usage");
    said.prompt =
        usage.getLong("input_tokens")
            + usage.getLong("cache_creation_input_tokens")
            + usage.getLong("cache_read_input_tokens");
    var details = json.getJsonObject("delta").getJsonObject("stop_details");
    if (details != null) {
      said.refusal.append(details.getString("explanation"));
      said.text.setLength(said.text.length() - said.refusal.length());
    }
  }

  private static Said readResponses(List<SseEvents.Event> events) {
    var said = new Builder();
    for (int i = 0; i < events.size(); i++) {
      var json = events.get(i).json();
      assertEquals(i, json.getInteger("sequence_number"));
      var delta = json.getString("delta", "");
      switch (events.get(i).name()) {
        case "response.output_text.delta" -> said.text.append(delta);
        case "response.refusal.delta" -> said.refusal.append(delta);
        case "response.reasoning_summary_text.delta" -> said.thinking.append(delta);
        case "response.output_item.added" -> {
          var item = json.getJsonObject("item");
          if (item.getString("type").equals("function_call")) {
            said.call(
                json.getInteger("output_index"), item.getString("call_id"), item.getString("name"));
          }
        }
        case "response.function_call_arguments.delta" ->
            said.call(json.getInteger("output_index"), null, null).append(delta);
        case "response.completed" ->
            said.prompt =
                json.getJsonObject("response").getJsonObject("usage").getLong("input_tokens");
        default -> {}
      }
    }
    return said.build();
  }

  private static final class Builder {
    final StringBuilder text = new StringBuilder();
    final StringBuilder refusal = new StringBuilder();
    final StringBuilder thinking = new StringBuilder();
    final Map<Integer, StringBuilder> arguments = new TreeMap<>();
    final Map<Integer, String> names = new TreeMap<>();
    long prompt;

    StringBuilder call(int index, String id, String name) {
      if (id != null) {
        assertEquals(null, names.put(index, id + " " + name), "id and name come once");
      }
      return arguments.computeIfAbsent(index, any -> new StringBuilder());
    }

    Said build() {
      var calls = new TreeMap<String, String>();
      names.forEach((index, name) -> calls.put(name, arguments.get(index).toString()));
      return new Said(text.toString(), refusal.toString(), thinking.toString(), calls, prompt);
    }
  }
}
