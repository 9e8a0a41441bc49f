package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.core.money.TokenUsage;
import io.vertx.core.json.JsonObject;

/** Tokens as OpenAI counts them: those of the prompt include what a cache gave and took. */
final class OpenAiUsage {
  private OpenAiUsage() {}

  /** Of chat completions and legacy completions. */
  static JsonObject ofCompletion(TokenUsage usage) {
    return new JsonObject()
        .put("prompt_tokens", usage.prompt())
        .put("completion_tokens", usage.output())
        .put("total_tokens", usage.total())
        .put("prompt_tokens_details", inputDetails(usage))
        .put("completion_tokens_details", outputDetails(usage));
  }

  /** Of responses. */
  static JsonObject ofResponse(TokenUsage usage) {
    return new JsonObject()
        .put("input_tokens", usage.prompt())
        .put("input_tokens_details", inputDetails(usage))
        .put("output_tokens", usage.output())
        .put("output_tokens_details", outputDetails(usage))
        .put("total_tokens", usage.total());
  }

  private static JsonObject inputDetails(TokenUsage usage) {
    return new JsonObject()
        .put("cached_tokens", usage.cacheRead())
        .put("cache_write_tokens", usage.cacheWriteShort() + usage.cacheWriteLong());
  }

  private static JsonObject outputDetails(TokenUsage usage) {
    return new JsonObject().put("reasoning_tokens", usage.reasoning());
  }
}
