package io.commandcenter.akm.provider.anthropic;

import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.TokenEstimate;
import io.commandcenter.akm.provider.wire.CallIds;
import io.commandcenter.akm.provider.wire.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads whole answers of the Messages API. */
final class AnthropicAnswer {
  static final String ORIGIN = "anthropic";

  private AnthropicAnswer() {}

  static Optional<Answered> read(ProviderRequest request, int status, Fields answer, Instant now) {
    if (!answer.isList("content")) {
      return Optional.empty();
    }
    var seed = Objects.requireNonNullElse(answer.text("id"), String.valueOf(now.toEpochMilli()));
    var usage = answer.has("usage") ? AnthropicUsage.of(answer.at("usage")) : null;
    var chat =
        new ChatAnswer(
            answer.text("id"),
            answer.text("model"),
            parts(answer.list("content"), seed),
            AnthropicUsage.stop(answer.text("stop_reason")),
            answer.text("stop_sequence"),
            usage);
    return Optional.of(
        new Answered(
            status,
            chat,
            List.of(),
            usage == null ? TokenEstimate.of(request, chat.text()) : usage,
            chat.model()));
  }

  private static List<Part> parts(List<Fields> blocks, String seed) {
    var parts = new ArrayList<Part>();
    int calls = 0;
    for (var block : blocks) {
      switch (block.textOr("type", "")) {
        case "text" -> parts.add(new Part.Text(block.textOr("text", "")));
        case "thinking" ->
            parts.add(
                new Part.Thinking(
                    block.textOr("thinking", ""), block.text("signature"), null, ORIGIN));
        case "redacted_thinking" ->
            parts.add(new Part.Thinking("", null, block.text("data"), ORIGIN));
        case "tool_use" -> {
          var id = block.textOr("id", "");
          parts.add(
              new Part.ToolCall(
                  id.isBlank() ? CallIds.invented(seed, calls) : id,
                  block.textOr("name", ""),
                  block.at("input").json().encode(),
                  null));
          calls++;
        }
        default -> {
          // Tools that the provider runs itself are never asked for.
        }
      }
    }
    return parts;
  }
}
