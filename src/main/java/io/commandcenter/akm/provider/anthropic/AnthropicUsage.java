package io.commandcenter.akm.provider.anthropic;

import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.wire.Fields;

/** Counts and stop reasons, whole answers' and streams'. */
final class AnthropicUsage {
  private AnthropicUsage() {}

  static TokenUsage of(Fields usage) {
    var created = usage.at("cache_creation");
    // Older answers give only the sum: all of it counts as the short-lived kind.
    var isSplit = usage.has("cache_creation");
    return new TokenUsage(
        usage.count("input_tokens"),
        usage.count("cache_read_input_tokens"),
        isSplit
            ? created.count("ephemeral_5m_input_tokens")
            : usage.count("cache_creation_input_tokens"),
        created.count("ephemeral_1h_input_tokens"),
        usage.count("output_tokens"),
        usage.at("output_tokens_details").count("thinking_tokens"),
        false);
  }

  /**
   * What a later event of a stream tells, over what was told before; what it does not tell stays.
   */
  static TokenUsage over(TokenUsage before, Fields later) {
    if (before == null) {
      return of(later);
    }
    long written = later.count("cache_creation_input_tokens");
    // The sum has no split: what the split has not told of it is the short-lived kind.
    long shortLived =
        later.has("cache_creation_input_tokens")
            ? Math.max(0, written - before.cacheWriteLong())
            : before.cacheWriteShort();
    return new TokenUsage(
        later.has("input_tokens") ? later.count("input_tokens") : before.input(),
        later.has("cache_read_input_tokens")
            ? later.count("cache_read_input_tokens")
            : before.cacheRead(),
        shortLived,
        before.cacheWriteLong(),
        later.has("output_tokens") ? later.count("output_tokens") : before.output(),
        later.has("output_tokens_details")
            ? later.at("output_tokens_details").count("thinking_tokens")
            : before.reasoning(),
        false);
  }

  static StopReason stop(String reason) {
    return switch (reason == null ? "" : reason) {
      case "max_tokens", "model_context_window_exceeded" -> StopReason.LENGTH;
      case "tool_use" -> StopReason.TOOL_CALLS;
      case "refusal" -> StopReason.CONTENT_FILTER;
      default -> StopReason.STOP;
    };
  }
}
