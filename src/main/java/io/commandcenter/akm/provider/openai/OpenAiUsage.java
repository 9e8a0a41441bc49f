package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.wire.Fields;
import java.util.Optional;

/** Counts and finish reasons of Chat Completions, whole answers' and streams'. */
public final class OpenAiUsage {
  private OpenAiUsage() {}

  /**
   * @param holder an answer or a chunk
   * @param reasoningBeside whether the provider counts reasoning beside the completion
   * @return empty if it tells none
   */
  static Optional<TokenUsage> of(Fields holder, boolean reasoningBeside) {
    var usage = holder.has("usage") ? holder.at("usage") : holder.at("x_groq").at("usage");
    if (usage.has("billed_units")) {
      return Optional.of(billed(usage));
    }
    return usage.json().isEmpty() ? Optional.empty() : Optional.of(counted(usage, reasoningBeside));
  }

  private static TokenUsage billed(Fields usage) {
    var units = usage.at("billed_units");
    return TokenUsage.of(units.count("input_tokens"), units.count("output_tokens"));
  }

  /**
   * @param usage with prompt_tokens and completion_tokens
   * @param reasoningBeside whether the provider counts reasoning beside the completion
   */
  public static TokenUsage counted(Fields usage, boolean reasoningBeside) {
    var details = usage.at("prompt_tokens_details");
    long prompt = usage.count("prompt_tokens");
    long cached = Math.max(details.count("cached_tokens"), usage.count("prompt_cache_hit_tokens"));
    long written = details.count("cache_write_tokens");
    long reasoning = usage.at("completion_tokens_details").count("reasoning_tokens");
    long output = usage.count("completion_tokens");
    // Some compatible servers count reasoning beside the completion; only their total shows it.
    if (reasoningBeside || usage.count("total_tokens") == prompt + output + reasoning) {
      output += reasoning;
    }
    return new TokenUsage(prompt - cached - written, cached, written, 0, output, reasoning, false);
  }

  /** An unknown or empty reason is an ordinary end. */
  static StopReason stop(String reason) {
    return switch (reason == null ? "" : reason) {
      case "length", "model_length", "MAX_TOKENS" -> StopReason.LENGTH;
      case "tool_calls", "function_call", "TOOL_CALL" -> StopReason.TOOL_CALLS;
      case "content_filter" -> StopReason.CONTENT_FILTER;
      case "error", "ERROR", "TIMEOUT" -> StopReason.ERROR;
      default -> StopReason.STOP;
    };
  }
}
