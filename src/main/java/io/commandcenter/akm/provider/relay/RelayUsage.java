package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.google.GoogleUsage;
import io.commandcenter.akm.provider.openai.OpenAiUsage;
import io.commandcenter.akm.provider.openai.ResponsesAnswer;
import io.commandcenter.akm.provider.wire.Fields;
import java.util.Optional;

/** Usage of passing answers, in disjoint buckets, as the vendors' own rooms read it. */
final class RelayUsage {
  private RelayUsage() {}

  /** Of a whole answer; empty if it does not say it. */
  static Optional<TokenUsage> of(WireFormat format, Fields answer, boolean reasoningBeside) {
    return switch (format) {
      case OPENAI_CHAT, OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS ->
          answer.has("usage")
              ? Optional.of(OpenAiUsage.counted(answer.at("usage"), reasoningBeside))
              : Optional.empty();
      case OPENAI_RESPONSES ->
          answer.has("usage")
              ? Optional.of(ResponsesAnswer.usage(answer.at("usage")))
              : Optional.empty();
      case ANTHROPIC_MESSAGES ->
          answer.has("usage")
              ? Optional.of(ofAnthropic(answer.at("usage"), answer.at("usage")))
              : Optional.empty();
      case GOOGLE_GENERATE, GOOGLE_EMBED, GOOGLE_BATCH_EMBED ->
          answer.has("usageMetadata")
              ? Optional.of(GoogleUsage.of(answer.at("usageMetadata")))
              : Optional.empty();
      case OLLAMA_CHAT, OLLAMA_GENERATE, OLLAMA_EMBED -> ofOllama(answer);
      case ANTHROPIC_COUNT_TOKENS, GOOGLE_COUNT_TOKENS -> Optional.of(TokenUsage.NONE);
    };
  }

  /**
   * @param first with the caches' counts; a later one may leave them out
   * @param last with the output's
   */
  static TokenUsage ofAnthropic(Fields first, Fields last) {
    var created = first.at("cache_creation");
    var whole = last.has("cache_creation_input_tokens") ? last : first;
    return new TokenUsage(
        (last.has("input_tokens") ? last : first).count("input_tokens"),
        (last.has("cache_read_input_tokens") ? last : first).count("cache_read_input_tokens"),
        // Older answers give only the sum: all of it counts as the short-lived kind.
        first.has("cache_creation")
            ? created.count("ephemeral_5m_input_tokens")
            : whole.count("cache_creation_input_tokens"),
        created.count("ephemeral_1h_input_tokens"),
        last.count("output_tokens"),
        last.at("output_tokens_details").count("thinking_tokens"),
        false);
  }

  /** Zero counts are left out: only an answer without any says nothing. */
  static Optional<TokenUsage> ofOllama(Fields answer) {
    return answer.has("prompt_eval_count") || answer.has("eval_count")
        ? Optional.of(TokenUsage.of(answer.count("prompt_eval_count"), answer.count("eval_count")))
        : Optional.empty();
  }
}
