package io.commandcenter.akm.simulator.openai;

import io.commandcenter.akm.simulator.wire.Answer;
import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Frame;
import io.commandcenter.akm.simulator.wire.Json;
import io.commandcenter.akm.simulator.wire.Pieces;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Writes a response, whole or as numbered events. */
final class ResponsesAnswers {
  private final Ask.Chat ask;
  private final Answer answer;
  private final List<Frame> frames = new ArrayList<>();
  private final JsonArray output = new JsonArray();

  ResponsesAnswers(Ask.Chat ask, Answer answer) {
    this.ask = ask;
    this.answer = answer;
  }

  /** The whole response. */
  JsonObject response() {
    write(List.of(answer.text()));
    return body(answer.isCut() ? "incomplete" : "completed", output);
  }

  /** The same as events. */
  List<Frame> events(List<String> pieces) {
    var opening = body("in_progress", new JsonArray()).putNull("usage");
    event("response.created", Json.of("response", opening), false);
    event("response.in_progress", Json.of("response", opening), false);
    write(pieces);
    var status = answer.isCut() ? "incomplete" : "completed";
    event("response." + status, Json.of("response", body(status, output)), false);
    return frames;
  }

  private void write(List<String> pieces) {
    if (!answer.thinking().isEmpty()) {
      thinking();
    }
    if (answer.refused()) {
      message(refusal(Answer.REFUSAL), refusal(""), "response.refusal", List.of(Answer.REFUSAL));
    } else if (!answer.text().isEmpty()) {
      message(text(answer.text()), text(""), "response.output_text", pieces);
    }
    answer.calls().forEach(this::call);
  }

  private void thinking() {
    var id = "rs_simulated";
    var place = Json.of("item_id", id, "output_index", output.size(), "summary_index", 0);
    var item = Json.of("id", id, "type", "reasoning", "summary", new JsonArray());
    added(item);
    for (var piece : Pieces.ofLength(answer.thinking())) {
      event("response.reasoning_summary_text.delta", place.copy().put("delta", piece), true);
    }
    var summary = Json.of("type", "summary_text", "text", answer.thinking());
    done(item.copy().put("summary", Json.list(summary)));
  }

  private void message(JsonObject part, JsonObject empty, String name, List<String> pieces) {
    var id = "msg_simulated";
    var place = Json.of("item_id", id, "output_index", output.size(), "content_index", 0);
    var item =
        Json.of(
            "id", id,
            "type", "message",
            "status", "in_progress",
            "role", "assistant",
            "content", new JsonArray());
    added(item);
    event("response.content_part.added", place.copy().put("part", empty), false);
    for (var piece : pieces) {
      event(
          name + ".delta", place.copy().put("delta", piece).put("logprobs", new JsonArray()), true);
    }
    var member = part.containsKey("text") ? "text" : "refusal";
    event(
        name + ".done",
        place.copy().put(member, part.getString(member)).put("logprobs", new JsonArray()),
        false);
    event("response.content_part.done", place.copy().put("part", part), false);
    done(item.copy().put("status", "completed").put("content", Json.list(part)));
  }

  private void call(Answer.Call call) {
    var id = "fc_" + call.id();
    var place = Json.of("item_id", id, "output_index", output.size());
    var arguments = call.arguments().encode();
    var item =
        Json.of(
            "id",
            id,
            "type",
            "function_call",
            "status",
            "in_progress",
            "call_id",
            "call_" + call.id(),
            "name",
            call.name(),
            "arguments",
            "");
    added(item);
    for (var piece : Pieces.ofLength(arguments)) {
      event("response.function_call_arguments.delta", place.copy().put("delta", piece), true);
    }
    event(
        "response.function_call_arguments.done",
        place.copy().put("arguments", arguments).put("name", call.name()),
        false);
    done(item.copy().put("status", "completed").put("arguments", arguments));
  }

  private void added(JsonObject item) {
    event(
        "response.output_item.added", Json.of("output_index", output.size(), "item", item), false);
  }

  private void done(JsonObject item) {
    event("response.output_item.done", Json.of("output_index", output.size(), "item", item), false);
    output.add(item);
  }

  private static JsonObject text(String text) {
    return Json.of(
        "type",
        "output_text",
        "text",
        text,
        "annotations",
        new JsonArray(),
        "logprobs",
        new JsonArray());
  }

  private static JsonObject refusal(String text) {
    return Json.of("type", "refusal", "refusal", text);
  }

  private void event(String type, JsonObject data, boolean isContent) {
    var numbered = Json.of("type", type, "sequence_number", frames.size()).mergeIn(data);
    frames.add(Frame.event(type, numbered, isContent));
  }

  private JsonObject body(String status, JsonArray items) {
    var details = answer.isCut() ? Json.of("reason", "max_output_tokens") : null;
    int reasoning = (answer.thinking().length() + 3) / 4;
    return Json.of(
        "id",
        "resp_simulated",
        "object",
        "response",
        "created_at",
        OpenAiAnswers.CREATED,
        "status",
        status,
        "error",
        null,
        "incomplete_details",
        status.equals("incomplete") ? details : null,
        "instructions",
        null,
        "max_output_tokens",
        ask.maxOutputTokens().orElse(null),
        "metadata",
        new JsonObject(),
        "model",
        ask.model(),
        "output",
        items.copy(),
        "parallel_tool_calls",
        true,
        "temperature",
        1,
        "tool_choice",
        "auto",
        "tools",
        new JsonArray(),
        "top_p",
        1,
        "usage",
        Json.of(
            "input_tokens", answer.inputTokens(),
            "input_tokens_details", Json.of("cached_tokens", 0, "cache_write_tokens", 0),
            "output_tokens", answer.outputTokens(),
            "output_tokens_details", Json.of("reasoning_tokens", reasoning),
            "total_tokens", answer.inputTokens() + answer.outputTokens()));
  }
}
