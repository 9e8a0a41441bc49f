package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.config.Compat;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.TokenEstimate;
import io.commandcenter.akm.provider.wire.CallIds;
import io.commandcenter.akm.provider.wire.Fields;
import io.commandcenter.akm.provider.wire.StopCut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads whole answers of Chat Completions. */
final class OpenAiAnswer {
  static final String ORIGIN = "openai";

  private OpenAiAnswer() {}

  static Optional<Answered> read(
      ProviderRequest.Chat request, Compat compat, int status, Fields answer, Instant now) {
    // Cohere's own answers have their one choice at the top.
    return (answer.has("message")
            ? Optional.of(answer)
            : answer.list("choices").stream().findFirst())
        .filter(choice -> choice.has("message"))
        .map(choice -> chat(request, compat, status, answer, choice, now));
  }

  private static Answered chat(
      ProviderRequest.Chat request,
      Compat compat,
      int status,
      Fields answer,
      Fields choice,
      Instant now) {
    var message = choice.at("message");
    var refusal = message.text("refusal");
    var full = content(message);
    var cut = new StopCut(OpenAiBody.cuts(request));
    var text = cut.take(full) + cut.rest();
    var parts = new ArrayList<Part>();
    var thinking = thinking(message);
    if (!thinking.isEmpty()) {
      parts.add(new Part.Thinking(thinking, null, null, ORIGIN));
    }
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text));
    }
    if (refusal != null) {
      parts.add(new Part.Refusal(refusal));
    }
    if (cut.hit() == null) {
      calls(parts, message, answer, now);
    }
    var usage = OpenAiUsage.of(answer, compat.reasoningBeside()).orElse(null);
    var written = full + Objects.requireNonNullElse(refusal, "");
    return new Answered(
        status,
        new ChatAnswer(
            answer.text("id"),
            answer.text("model"),
            parts,
            stop(choice, parts, refusal, cut),
            cut.hit(),
            usage),
        List.of(),
        usage == null ? TokenEstimate.of(request, written) : usage,
        answer.text("model"));
  }

  private static StopReason stop(Fields choice, List<Part> parts, String refusal, StopCut cut) {
    if (cut.hit() != null) {
      return StopReason.STOP;
    }
    return refusal == null
        ? told(
            choice.text("finish_reason"), parts.stream().anyMatch(Part.ToolCall.class::isInstance))
        : StopReason.CONTENT_FILTER;
  }

  /** Some compatible servers end calls with an ordinary stop. */
  static StopReason told(String reason, boolean calls) {
    var stop = OpenAiUsage.stop(reason);
    return stop == StopReason.STOP && calls ? StopReason.TOOL_CALLS : stop;
  }

  /** A text, or the text parts of a list. */
  private static String content(Fields message) {
    return message.isList("content")
        ? message.list("content").stream()
            .map(part -> part.text("text"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining())
        : message.textOr("content", "");
  }

  /** Where compatible servers put what a model thought. */
  static String thinking(Fields message) {
    return message.textOr("reasoning_content", message.textOr("reasoning", ""));
  }

  private static void calls(List<Part> parts, Fields message, Fields answer, Instant now) {
    var seed = answer.textOr("id", String.valueOf(now.toEpochMilli()));
    int index = 0;
    for (var call : message.list("tool_calls")) {
      var function = call.at("function");
      if (function.text("name") != null) {
        var id = call.textOr("id", "");
        parts.add(
            new Part.ToolCall(
                id.isBlank() ? CallIds.invented(seed, index) : id,
                function.text("name"),
                arguments(function),
                null));
        index++;
      }
    }
  }

  /** A JSON object as text, or, from some servers, as an object. */
  static String arguments(Fields function) {
    var text = function.text("arguments");
    return text == null ? function.at("arguments").json().encode() : text.isBlank() ? "{}" : text;
  }
}
