package io.commandcenter.akm.simulator.ollama;

import io.commandcenter.akm.simulator.wire.Answer;
import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Frame;
import io.commandcenter.akm.simulator.wire.Json;
import io.commandcenter.akm.simulator.wire.Pieces;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Writes chats, generations and embeddings, whole or as lines. */
final class OllamaAnswers {
  private static final String CREATED = "2026-11-22T10:00:00.123456789Z";

  private OllamaAnswers() {}

  static JsonObject whole(Ask.Chat ask, Answer answer) {
    var line = line(ask, text(answer), answer.thinking(), answer.calls());
    return line.mergeIn(ending(answer));
  }

  /** A refusal is a text like any other here. */
  private static String text(Answer answer) {
    return answer.refused() ? Answer.REFUSAL : answer.text();
  }

  static List<Frame> lines(Ask.Chat ask, Answer answer, List<String> pieces) {
    var frames = new ArrayList<Frame>();
    for (var piece : Pieces.ofLength(answer.thinking())) {
      frames.add(Frame.line(line(ask, "", piece, List.of()).put("done", false), true));
    }
    for (var piece : answer.refused() ? List.of(Answer.REFUSAL) : pieces) {
      frames.add(Frame.line(line(ask, piece, "", List.of()).put("done", false), true));
    }
    if (!answer.calls().isEmpty()) {
      frames.add(Frame.line(line(ask, "", "", answer.calls()).put("done", false), true));
    }
    frames.add(Frame.line(line(ask, "", "", List.of()).mergeIn(ending(answer)), false));
    return frames;
  }

  private static JsonObject line(
      Ask.Chat ask, String text, String thinking, List<Answer.Call> calls) {
    var line = Json.of("model", ask.model(), "created_at", CREATED);
    var said = new JsonObject();
    if (!thinking.isEmpty()) {
      said.put("thinking", thinking);
    }
    if (ask.form().equals(OllamaRequests.GENERATE)) {
      return line.mergeIn(said.put("response", text));
    }
    said.put("role", "assistant").put("content", text);
    if (!calls.isEmpty()) {
      said.put("tool_calls", calls(calls));
    }
    return line.put("message", said);
  }

  private static JsonArray calls(List<Answer.Call> calls) {
    var array = new JsonArray();
    for (int i = 0; i < calls.size(); i++) {
      var call = calls.get(i);
      var function = Json.of("index", i, "name", call.name(), "arguments", call.arguments());
      array.add(Json.of("id", "call_" + call.id(), "function", function));
    }
    return array;
  }

  private static JsonObject ending(Answer answer) {
    return Json.of(
        "done",
        true,
        "done_reason",
        answer.isCut() ? "length" : "stop",
        "total_duration",
        4_883_583_458L,
        "load_duration",
        1_334_875,
        "prompt_eval_count",
        answer.inputTokens(),
        "prompt_eval_duration",
        342_546_000,
        "eval_count",
        answer.outputTokens(),
        "eval_duration",
        4_535_599_000L);
  }

  static JsonObject embeddings(Ask ask, Answer answer) {
    return Json.of(
        "model", ask.model(),
        "embeddings", Json.list(answer.vectors().stream().map(Json::list).toList()),
        "total_duration", 14_143_917,
        "prompt_eval_count", answer.inputTokens());
  }

  static JsonArray models() {
    var details = Json.of("format", "gguf", "family", "llama", "parameter_size", "3.2B");
    var model =
        Json.of(
            "name", "llama3.2:latest",
            "model", "llama3.2:latest",
            "modified_at", "2026-11-01T09:00:00.000000000Z",
            "size", 2_019_393_189L,
            "digest", "a80c4f17acd55265feec403c7aef86be0c25983ab279d83f3bcd3abbcb5b8b72",
            "details", details);
    return Json.list(model);
  }
}
