package io.commandcenter.akm.provider.bedrock;

import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.TokenEstimate;
import io.commandcenter.akm.provider.wire.CallIds;
import io.commandcenter.akm.provider.wire.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole answers of Converse. */
final class BedrockAnswer {
  private BedrockAnswer() {}

  static Optional<Answered> read(
      ProviderRequest.Chat request, int status, Fields answer, Instant now) {
    var message = answer.at("output").at("message");
    if (!message.isList("content")) {
      return Optional.empty();
    }
    var usage = answer.has("usage") ? usage(answer.at("usage")) : null;
    var chat =
        new ChatAnswer(
            null,
            null,
            parts(message.list("content"), BedrockBody.origin(request.model()), now),
            stop(answer.text("stopReason")),
            null,
            usage);
    return Optional.of(
        new Answered(
            status,
            chat,
            List.of(),
            usage == null ? TokenEstimate.of(request, chat.text()) : usage,
            null));
  }

  private static List<Part> parts(List<Fields> blocks, String origin, Instant now) {
    var parts = new ArrayList<Part>();
    int calls = 0;
    for (var block : blocks) {
      if (block.text("text") != null) {
        parts.add(new Part.Text(block.text("text")));
      } else if (block.has("toolUse")) {
        var use = block.at("toolUse");
        var id = use.textOr("toolUseId", "");
        parts.add(
            new Part.ToolCall(
                id.isBlank() ? CallIds.invented(String.valueOf(now.toEpochMilli()), calls) : id,
                use.textOr("name", ""),
                use.at("input").json().encode(),
                null));
        calls++;
      } else if (block.has("reasoningContent")) {
        var reasoning = block.at("reasoningContent");
        var text = reasoning.at("reasoningText");
        parts.add(
            new Part.Thinking(
                text.textOr("text", ""),
                text.text("signature"),
                reasoning.text("redactedContent"),
                origin));
      }
    }
    return parts;
  }

  /** Input counts exclude the cache, as Anthropic's do. */
  static TokenUsage usage(Fields usage) {
    return new TokenUsage(
        usage.count("inputTokens"),
        usage.count("cacheReadInputTokens"),
        usage.count("cacheWriteInputTokens"),
        0,
        usage.count("outputTokens"),
        0,
        false);
  }

  static StopReason stop(String reason) {
    return switch (reason == null ? "" : reason) {
      case "max_tokens", "model_context_window_exceeded" -> StopReason.LENGTH;
      case "tool_use" -> StopReason.TOOL_CALLS;
      case "guardrail_intervened", "content_filtered" -> StopReason.CONTENT_FILTER;
      case "malformed_model_output", "malformed_tool_use" -> StopReason.ERROR;
      default -> StopReason.STOP;
    };
  }
}
