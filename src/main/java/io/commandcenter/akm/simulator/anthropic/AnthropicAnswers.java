package io.commandcenter.akm.simulator.anthropic;

import io.commandcenter.akm.simulator.wire.Answer;
import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Frame;
import io.commandcenter.akm.simulator.wire.Json;
import io.commandcenter.akm.simulator.wire.Pieces;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Writes a message, whole or as events. */
final class AnthropicAnswers {
  private AnthropicAnswers() {}

  static JsonObject message(Ask ask, Answer answer) {
    var content = new JsonArray();
    if (!answer.thinking().isEmpty()) {
      content.add(
          Json.of(
              "type",
              "thinking",
              "thinking",
              answer.thinking(),
              "signature",
              AnthropicRequests.SIGNATURE));
    }
    if (!answer.text().isEmpty()) {
      content.add(Json.of("type", "text", "text", answer.text(), "citations", null));
    }
    answer.calls().forEach(call -> content.add(use(call, call.arguments())));
    return frame(ask, content, usage(answer, answer.outputTokens())).mergeIn(stop(answer));
  }

  private static JsonObject frame(Ask ask, JsonArray content, JsonObject usage) {
    return Json.of(
        "id",
        "msg_01Simulated",
        "type",
        "message",
        "role",
        "assistant",
        "model",
        ask.model(),
        "content",
        content,
        "stop_reason",
        null,
        "stop_sequence",
        null,
        "stop_details",
        null,
        "container",
        null,
        "diagnostics",
        null,
        "usage",
        usage);
  }

  private static JsonObject use(Answer.Call call, JsonObject input) {
    return Json.of(
        "type",
        "tool_use",
        "id",
        "toolu_" + call.id(),
        "caller",
        Json.of("type", "direct"),
        "name",
        call.name(),
        "input",
        input);
  }

  private static JsonObject stop(Answer answer) {
    var refusal =
        answer.refused()
            ? Json.of("type", "refusal", "category", null, "explanation", Answer.REFUSAL)
            : null;
    return Json.of(
        "stop_reason",
        reason(answer),
        "stop_sequence",
        answer.stopText(),
        "stop_details",
        refusal,
        "container",
        null);
  }

  private static String reason(Answer answer) {
    if (answer.refused()) {
      return "refusal";
    }
    if (!answer.calls().isEmpty()) {
      return "tool_use";
    }
    if (answer.isCut()) {
      return "max_tokens";
    }
    return answer.stopText() == null ? "end_turn" : "stop_sequence";
  }

  private static JsonObject usage(Answer answer, long output) {
    return Json.of(
        "input_tokens",
        answer.inputTokens(),
        "cache_creation_input_tokens",
        0,
        "cache_read_input_tokens",
        0,
        "cache_creation",
        Json.of("ephemeral_5m_input_tokens", 0, "ephemeral_1h_input_tokens", 0),
        "output_tokens",
        output,
        "output_tokens_details",
        Json.of("thinking_tokens", 0),
        "server_tool_use",
        null,
        "service_tier",
        "standard");
  }

  static List<Frame> events(Ask ask, Answer answer, List<String> pieces) {
    var frames = new ArrayList<Frame>();
    var opening = frame(ask, new JsonArray(), usage(answer, Math.min(1, answer.outputTokens())));
    frames.add(event(Json.of("type", "message_start", "message", opening)));
    int index = 0;
    if (!answer.thinking().isEmpty()) {
      var block = Json.of("type", "thinking", "thinking", "", "signature", "");
      var deltas = new ArrayList<JsonObject>();
      Pieces.ofLength(answer.thinking())
          .forEach(piece -> deltas.add(Json.of("type", "thinking_delta", "thinking", piece)));
      deltas.add(Json.of("type", "signature_delta", "signature", AnthropicRequests.SIGNATURE));
      block(frames, index++, block, deltas);
    }
    if (!answer.text().isEmpty()) {
      var block = Json.of("type", "text", "text", "", "citations", null);
      var deltas =
          pieces.stream().map(piece -> Json.of("type", "text_delta", "text", piece)).toList();
      block(frames, index++, block, deltas);
    }
    for (var call : answer.calls()) {
      var deltas = new ArrayList<JsonObject>();
      deltas.add(Json.of("type", "input_json_delta", "partial_json", ""));
      Pieces.ofLength(call.arguments().encode())
          .forEach(piece -> deltas.add(Json.of("type", "input_json_delta", "partial_json", piece)));
      block(frames, index++, use(call, new JsonObject()), deltas);
    }
    var usage = usage(answer, answer.outputTokens());
    usage.remove("cache_creation");
    usage.remove("service_tier");
    frames.add(event(Json.of("type", "message_delta", "delta", stop(answer), "usage", usage)));
    frames.add(event(Json.of("type", "message_stop")));
    return frames;
  }

  private static void block(
      List<Frame> frames, int index, JsonObject block, List<JsonObject> deltas) {
    frames.add(
        event(Json.of("type", "content_block_start", "index", index, "content_block", block)));
    if (index == 0) {
      frames.add(event(Json.of("type", "ping")));
    }
    for (var delta : deltas) {
      frames.add(
          Frame.event(
              "content_block_delta",
              Json.of("type", "content_block_delta", "index", index, "delta", delta),
              true));
    }
    frames.add(event(Json.of("type", "content_block_stop", "index", index)));
  }

  private static Frame event(JsonObject data) {
    return Frame.event(data.getString("type"), data, false);
  }
}
