package io.commandcenter.akm.gateway;

import io.commandcenter.akm.exchange.WireFormat;
import java.util.Set;

/**
 * What the output limit is called in one format. Another format's name is no limit there: a server
 * that ignores it would write without end.
 *
 * @param holders of the object that the limit stands in; empty if the body itself is it
 */
record LimitNames(Set<String> holders, Set<String> names) {
  static LimitNames of(WireFormat format) {
    return switch (format) {
      case OPENAI_CHAT -> inBody("max_tokens", "max_completion_tokens");
      case OPENAI_RESPONSES -> inBody("max_output_tokens");
      case OPENAI_COMPLETIONS, ANTHROPIC_MESSAGES -> inBody("max_tokens");
      case GOOGLE_GENERATE ->
          new LimitNames(
              Set.of("generationConfig", "generation_config"),
              Set.of("maxOutputTokens", "max_output_tokens"));
      case OLLAMA_CHAT, OLLAMA_GENERATE -> new LimitNames(Set.of("options"), Set.of("num_predict"));
      case OPENAI_EMBEDDINGS,
          OLLAMA_EMBED,
          GOOGLE_EMBED,
          GOOGLE_BATCH_EMBED,
          ANTHROPIC_COUNT_TOKENS,
          GOOGLE_COUNT_TOKENS ->
          inBody();
    };
  }

  private static LimitNames inBody(String... names) {
    return new LimitNames(Set.of(), Set.of(names));
  }
}
