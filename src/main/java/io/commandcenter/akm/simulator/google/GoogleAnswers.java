package io.commandcenter.akm.simulator.google;

import io.commandcenter.akm.simulator.wire.Answer;
import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Frame;
import io.commandcenter.akm.simulator.wire.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Writes contents, whole or in chunks, and vectors. */
final class GoogleAnswers {
  private static final String SIGNATURE = "c2ltdWxhdGVkLXRob3VnaHQ=";

  private GoogleAnswers() {}

  static JsonObject content(Ask ask, Answer answer) {
    var parts = new JsonArray();
    if (!answer.thinking().isEmpty()) {
      parts.add(thought(answer.thinking()));
    }
    if (!answer.text().isEmpty()) {
      parts.add(Json.of("text", answer.text()));
    }
    for (var call : answer.calls()) {
      parts.add(call(call));
    }
    return chunk(ask, answer, parts, answer.outputTokens(), reason(answer));
  }

  private static JsonObject thought(String text) {
    return Json.of("text", text, "thought", true);
  }

  private static JsonObject call(Answer.Call call) {
    var function = Json.of("id", "fc_" + call.id(), "name", call.name(), "args", call.arguments());
    return Json.of("functionCall", function, "thoughtSignature", SIGNATURE);
  }

  private static String reason(Answer answer) {
    if (answer.refused()) {
      return "SAFETY";
    }
    return answer.isCut() ? "MAX_TOKENS" : "STOP";
  }

  private static JsonObject chunk(
      Ask ask, Answer answer, JsonArray parts, long output, String reason) {
    var candidate = new JsonObject();
    if (!parts.isEmpty()) {
      candidate.put("content", Json.of("role", "model", "parts", parts));
    }
    candidate.put("index", 0);
    if (reason != null) {
      candidate.put("finishReason", reason);
    }
    return Json.of(
        "candidates", Json.list(candidate),
        "usageMetadata", usage(answer, output),
        "modelVersion", ask.model(),
        "responseId", "simulated");
  }

  /** Thoughts stand apart from the answer's tokens. */
  private static JsonObject usage(Answer answer, long output) {
    long thoughts = Math.min(output, (answer.thinking().length() + 3) / 4);
    var usage =
        Json.of(
            "promptTokenCount",
            answer.inputTokens(),
            "candidatesTokenCount",
            output - thoughts,
            "totalTokenCount",
            answer.inputTokens() + output);
    return thoughts == 0 ? usage : usage.put("thoughtsTokenCount", thoughts);
  }

  static List<Frame> chunks(Ask.Chat ask, Answer answer, List<String> pieces) {
    var parts = new ArrayList<JsonObject>();
    if (!answer.thinking().isEmpty()) {
      parts.add(thought(answer.thinking()));
    }
    pieces.forEach(piece -> parts.add(Json.of("text", piece)));
    answer.calls().forEach(call -> parts.add(call(call)));
    if (parts.isEmpty()) {
      var only = chunk(ask, answer, new JsonArray(), answer.outputTokens(), reason(answer));
      return framed(ask, List.of(only));
    }
    var chunks = new ArrayList<JsonObject>();
    for (int i = 0; i < parts.size(); i++) {
      boolean isLast = i == parts.size() - 1;
      long output = isLast ? answer.outputTokens() : answer.outputTokens() * i / parts.size();
      chunks.add(
          chunk(ask, answer, Json.list(parts.get(i)), output, isLast ? reason(answer) : null));
    }
    return framed(ask, chunks);
  }

  private static List<Frame> framed(Ask.Chat ask, List<JsonObject> chunks) {
    if (ask.form().equals(GoogleRequests.SSE)) {
      return chunks.stream().map(chunk -> event(chunk, true)).toList();
    }
    var frames = new ArrayList<Frame>();
    for (int i = 0; i < chunks.size(); i++) {
      frames.add(Frame.of((i == 0 ? "[" : ",\r\n") + chunks.get(i).encodePrettily(), true));
    }
    frames.add(Frame.of("\n]", false));
    return frames;
  }

  static Frame event(JsonObject data, boolean isContent) {
    return Frame.of("data: " + data.encode() + "\r\n\r\n", isContent);
  }

  static JsonObject embeddings(Ask.Embed ask, Answer answer) {
    var values =
        answer.vectors().stream().map(vector -> Json.of("values", Json.list(vector))).toList();
    return ask.form().equals(GoogleRequests.ONE)
        ? Json.of("embedding", values.get(0))
        : Json.of(
            "embeddings", Json.list(values),
            "usageMetadata", Json.of("promptTokenCount", answer.inputTokens()));
  }

  static JsonObject count(Answer answer) {
    var details = Json.of("modality", "TEXT", "tokenCount", answer.inputTokens());
    return Json.of("totalTokens", answer.inputTokens(), "promptTokensDetails", Json.list(details));
  }
}
