package io.commandcenter.akm.gateway.ollama;

import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.JsonText;
import io.commandcenter.akm.gateway.dialect.WholeCalls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The objects of which both calls' answers are made, whole or line by line.
 *
 * @param chat whether a text stands in a message, else in response
 */
record Replies(Given given, boolean chat) {

  /** Whether the caller sees the thinking: unless it said that it does not want any. */
  boolean showsThinking() {
    return given.asked() == null || !Boolean.FALSE.equals(given.asked().json().getValue("think"));
  }

  /**
   * A piece of an answer, or all of it; still without done.
   *
   * @param thinking null for none
   */
  JsonObject piece(String text, String thinking, List<WholeCalls.Call> calls) {
    var reply = new JsonObject().put("model", given.model()).put("created_at", createdAt());
    var said = chat ? new JsonObject().put("role", "assistant") : reply;
    said.put(chat ? "content" : "response", text);
    if (thinking != null) {
      said.put("thinking", thinking);
    }
    if (!chat) {
      return reply;
    }
    if (!calls.isEmpty()) {
      said.put("tool_calls", calls(calls));
    }
    return reply.put("message", said);
  }

  /** What stands before the text of a piece of nothing but text. */
  String beforeText() {
    var before = JsonText.quote(new StringBuilder("{\"model\":"), given.model());
    JsonText.quote(before.append(",\"created_at\":"), createdAt());
    before.append(chat ? ",\"message\":{\"role\":\"assistant\",\"content\":" : ",\"response\":");
    return before.toString();
  }

  private String createdAt() {
    return DateTimeFormatter.ISO_INSTANT.format(given.now());
  }

  private static JsonArray calls(List<WholeCalls.Call> calls) {
    var written = new JsonArray();
    for (var call : calls) {
      var function =
          new JsonObject()
              .put("index", call.index())
              .put("name", call.name())
              .put("arguments", call.arguments());
      written.add(new JsonObject().put("id", call.id()).put("function", function));
    }
    return written;
  }

  /**
   * Ends a reply. Durations are left out, as Ollama leaves out zeros: how long a provider worked on
   * what is not known here.
   *
   * @param malformed whether a call was left out because its arguments are no JSON object
   * @param usage null if not known
   */
  static JsonObject done(JsonObject reply, StopReason stop, boolean malformed, TokenUsage usage) {
    reply.put("done", true).put("done_reason", reason(stop, malformed));
    if (usage != null) {
      putCount(reply, "prompt_eval_count", usage.prompt());
      putCount(reply, "eval_count", usage.output());
    }
    return reply;
  }

  /** Ollama ends tool calls with stop too. */
  private static String reason(StopReason stop, boolean malformed) {
    return switch (stop) {
      case STOP -> "stop";
      case TOOL_CALLS -> malformed ? "error" : "stop";
      case LENGTH -> "length";
      case CONTENT_FILTER -> "content_filter";
      case ERROR -> "error";
    };
  }

  static void putCount(JsonObject reply, String name, long count) {
    if (count > 0) {
      reply.put(name, count);
    }
  }
}
