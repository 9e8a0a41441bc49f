package io.commandcenter.akm.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.testkit.SseEvents;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A stream of each dialect, put together to the whole answer as that dialect's clients do it. */
final class Collected {
  private Collected() {}

  static JsonObject of(String dialect, String stream) {
    return switch (dialect) {
      case "openai" -> openai(stream);
      case "responses" -> responses(stream);
      case "anthropic" -> anthropic(stream);
      case "google" -> google(stream);
      default -> ollama(stream);
    };
  }

  private static void append(JsonObject to, String name, Object text) {
    if (text instanceof String more) {
      to.put(name, to.getString(name, "") + more);
    }
  }

  private static JsonObject openai(String stream) {
    var message = new JsonObject();
    var choice = new JsonObject().put("message", message);
    var whole = new JsonObject().put("choices", new JsonArray().add(choice));
    var events = SseEvents.of(stream);
    assertEquals("[DONE]", events.get(events.size() - 1).data());
    for (var event : events.subList(0, events.size() - 1)) {
      var chunk = event.json();
      if (chunk.getValue("usage") != null) {
        whole.put("usage", chunk.getJsonObject("usage"));
      }
      for (var one : chunk.getJsonArray("choices")) {
        var part = (JsonObject) one;
        var delta = part.getJsonObject("delta");
        for (var name : new String[] {"content", "refusal", "reasoning_content"}) {
          append(message, name, delta.getValue(name));
        }
        delta.getJsonArray("tool_calls", new JsonArray()).forEach(call -> call(message, call));
        if (part.getValue("finish_reason") != null) {
          choice.put("finish_reason", part.getString("finish_reason"));
        }
      }
    }
    return whole;
  }

  private static void call(JsonObject message, Object fragment) {
    var call = (JsonObject) fragment;
    var calls = message.getJsonArray("tool_calls", new JsonArray());
    message.put("tool_calls", calls);
    if (call.getInteger("index") == calls.size()) {
      calls.add(call.copy());
    } else {
      append(
          calls.getJsonObject(call.getInteger("index")).getJsonObject("function"),
          "arguments",
          call.getJsonObject("function").getValue("arguments"));
    }
  }

  private static JsonObject responses(String stream) {
    var events = SseEvents.of(stream);
    return events.get(events.size() - 1).json().getJsonObject("response");
  }

  private static JsonObject anthropic(String stream) {
    JsonObject whole = null;
    for (var event : SseEvents.of(stream)) {
      var json = event.json();
      assertEquals(event.name(), json.getString("type"));
      switch (event.name()) {
        case "message_start" -> whole = json.getJsonObject("message").copy();
        case "content_block_start" ->
            whole.getJsonArray("content").add(json.getJsonObject("content_block").copy());
        case "content_block_delta" ->
            delta(
                whole.getJsonArray("content").getJsonObject(json.getInteger("index")),
                json.getJsonObject("delta"));
        case "content_block_stop" ->
            stop(whole.getJsonArray("content").getJsonObject(json.getInteger("index")));
        case "message_delta" -> {
          whole.mergeIn(json.getJsonObject("delta"));
          whole.getJsonObject("usage").mergeIn(json.getJsonObject("usage"));
        }
        default -> {}
      }
    }
    return whole;
  }

  private static void delta(JsonObject block, JsonObject delta) {
    switch (delta.getString("type")) {
      case "text_delta" -> append(block, "text", delta.getValue("text"));
      case "thinking_delta" -> append(block, "thinking", delta.getValue("thinking"));
      case "signature_delta" -> append(block, "signature", delta.getValue("signature"));
      default -> append(block, "json", delta.getValue("partial_json"));
    }
  }

  private static void stop(JsonObject block) {
    if (block.remove("json") instanceof String json && !json.isEmpty()) {
      block.put("input", new JsonObject(json));
    }
  }

  private static JsonObject google(String stream) {
    JsonObject whole = null;
    var parts = new JsonArray();
    for (var event : SseEvents.of(stream)) {
      whole = event.json();
      var content = (JsonObject) Json.at(whole, "candidates[0].content");
      content.getJsonArray("parts").forEach(part -> part(parts, (JsonObject) part));
      content.put("parts", parts);
    }
    return whole;
  }

  /** Clients pass over the empty text at the end. */
  private static void part(JsonArray parts, JsonObject part) {
    if (!"".equals(part.getValue("text"))) {
      parts.add(part);
    }
  }

  private static JsonObject ollama(String stream) {
    var message = new JsonObject();
    JsonObject whole = null;
    for (var line : stream.split("\n")) {
      whole = new JsonObject(line);
      var more = whole.getJsonObject("message");
      append(message, "content", more.getValue("content"));
      append(message, "thinking", more.getValue("thinking"));
      if (more.containsKey("tool_calls")) {
        message.put(
            "tool_calls",
            message
                .getJsonArray("tool_calls", new JsonArray())
                .addAll(more.getJsonArray("tool_calls")));
      }
    }
    return whole.put("message", message);
  }
}
