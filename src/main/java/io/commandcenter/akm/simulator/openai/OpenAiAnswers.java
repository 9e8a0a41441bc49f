package io.commandcenter.akm.simulator.openai;

import io.commandcenter.akm.simulator.wire.Answer;
import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Frame;
import io.commandcenter.akm.simulator.wire.Json;
import io.commandcenter.akm.simulator.wire.Pieces;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Writes Chat Completions, completions and embeddings, whole or as chunks. */
final class OpenAiAnswers {
  static final long CREATED = 1_795_341_600;

  private OpenAiAnswers() {}

  static JsonObject chat(Ask.Chat ask, Answer answer) {
    var message =
        Json.of(
            "role",
            "assistant",
            "content",
            answer.text().isEmpty() ? null : answer.text(),
            "refusal",
            answer.refused() ? Answer.REFUSAL : null,
            "annotations",
            new JsonArray());
    if (!answer.calls().isEmpty()) {
      message.put(
          "tool_calls", Json.list(answer.calls().stream().map(OpenAiAnswers::call).toList()));
    }
    var choice =
        Json.of("index", 0, "message", message, "logprobs", null, "finish_reason", reason(answer));
    return body(ask, "chat.completion", Json.list(choice))
        .put("usage", usage(answer))
        .put("service_tier", "default");
  }

  static JsonObject completion(Ask.Chat ask, Answer answer) {
    return body(ask, "text_completion", Json.list(textChoice(answer.text(), reason(answer))))
        .put("usage", usage(answer));
  }

  private static JsonObject textChoice(String text, String reason) {
    return Json.of("text", text, "index", 0, "logprobs", null, "finish_reason", reason);
  }

  private static JsonObject body(Ask.Chat ask, String object, JsonArray choices) {
    return Json.of(
        "id", (ask.form().equals(OpenAiRequests.CHAT) ? "chatcmpl" : "cmpl") + "-simulated",
        "object", object,
        "created", CREATED,
        "model", ask.model(),
        "choices", choices);
  }

  private static JsonObject call(Answer.Call call) {
    return Json.of(
        "id",
        "call_" + call.id(),
        "type",
        "function",
        "function",
        Json.of("name", call.name(), "arguments", call.arguments().encode()));
  }

  private static String reason(Answer answer) {
    if (!answer.calls().isEmpty()) {
      return "tool_calls";
    }
    return answer.isCut() ? "length" : "stop";
  }

  private static JsonObject usage(Answer answer) {
    int reasoning = (answer.thinking().length() + 3) / 4;
    return Json.of(
        "prompt_tokens", answer.inputTokens(),
        "completion_tokens", answer.outputTokens(),
        "total_tokens", answer.inputTokens() + answer.outputTokens(),
        "prompt_tokens_details", Json.of("cached_tokens", 0),
        "completion_tokens_details", Json.of("reasoning_tokens", reasoning));
  }

  static List<Frame> chunks(Ask.Chat ask, Answer answer, List<String> pieces) {
    var frames = new ArrayList<Frame>();
    boolean isChat = ask.form().equals(OpenAiRequests.CHAT);
    if (isChat) {
      frames.add(delta(ask, Json.of("role", "assistant", "content", ""), null, false));
      if (answer.refused()) {
        frames.add(delta(ask, Json.of("refusal", Answer.REFUSAL), null, true));
      }
    }
    for (var piece : pieces) {
      frames.add(
          isChat
              ? delta(ask, Json.of("content", piece), null, true)
              : chunk(ask, Json.list(textChoice(piece, null)), true));
    }
    for (int i = 0; i < answer.calls().size(); i++) {
      calls(frames, ask, i, answer.calls().get(i));
    }
    frames.add(
        isChat
            ? delta(ask, new JsonObject(), reason(answer), false)
            : chunk(ask, Json.list(textChoice("", reason(answer))), false));
    if (ask.includeUsage()) {
      var body = body(ask, object(ask), new JsonArray()).put("usage", usage(answer));
      frames.add(Frame.data(body, false));
    }
    frames.add(Frame.of("data: [DONE]\n\n", false));
    return frames;
  }

  private static void calls(List<Frame> frames, Ask.Chat ask, int index, Answer.Call call) {
    var opening = call(call).put("index", index);
    opening.getJsonObject("function").put("arguments", "");
    frames.add(delta(ask, Json.of("tool_calls", Json.list(opening)), null, true));
    for (var piece : Pieces.ofLength(call.arguments().encode())) {
      var more = Json.of("index", index, "function", Json.of("arguments", piece));
      frames.add(delta(ask, Json.of("tool_calls", Json.list(more)), null, true));
    }
  }

  private static Frame delta(Ask.Chat ask, JsonObject delta, String reason, boolean isContent) {
    var choice = Json.of("index", 0, "delta", delta, "logprobs", null, "finish_reason", reason);
    return chunk(ask, Json.list(choice), isContent);
  }

  private static Frame chunk(Ask.Chat ask, JsonArray choices, boolean isContent) {
    var body = body(ask, object(ask), choices).put("service_tier", "default");
    if (ask.includeUsage()) {
      body.putNull("usage");
    }
    return Frame.data(body.put("obfuscation", "x9Kq2"), isContent);
  }

  private static String object(Ask.Chat ask) {
    return ask.form().equals(OpenAiRequests.CHAT) ? "chat.completion.chunk" : "text_completion";
  }

  static JsonObject embeddings(Ask.Embed ask, Answer answer) {
    boolean isPacked = ask.form().equals(OpenAiRequests.BASE64);
    var data = new JsonArray();
    for (int i = 0; i < answer.vectors().size(); i++) {
      var vector = answer.vectors().get(i);
      data.add(
          Json.of(
              "object",
              "embedding",
              "index",
              i,
              "embedding",
              isPacked ? packed(vector) : Json.list(vector)));
    }
    return Json.of(
        "model",
        ask.model(),
        "object",
        "list",
        "data",
        data,
        "usage",
        Json.of("prompt_tokens", answer.inputTokens(), "total_tokens", answer.inputTokens()));
  }

  /** 32-bit floats, little endian. */
  private static String packed(List<Double> vector) {
    var bytes = ByteBuffer.allocate(vector.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    vector.forEach(value -> bytes.putFloat(value.floatValue()));
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
