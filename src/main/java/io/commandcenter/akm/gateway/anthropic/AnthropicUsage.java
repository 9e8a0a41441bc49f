package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.core.money.TokenUsage;
import io.vertx.core.json.JsonObject;

/** Tokens as Anthropic counts them: those of the prompt exclude what a cache gave and took. */
final class AnthropicUsage {
  private AnthropicUsage() {}

  /** Of a whole message. */
  static JsonObject ofMessage(TokenUsage usage) {
    return counts(usage)
        .put(
            "cache_creation",
            new JsonObject()
                .put("ephemeral_5m_input_tokens", usage.cacheWriteShort())
                .put("ephemeral_1h_input_tokens", usage.cacheWriteLong()))
        .putNull("inference_geo")
        .put("service_tier", "standard")
        .put("speed", "standard");
  }

  /** Of a message_delta: all that was used so far. */
  static JsonObject counts(TokenUsage usage) {
    return new JsonObject()
        .put("input_tokens", usage.input())
        .put("cache_creation_input_tokens", usage.cacheWriteShort() + usage.cacheWriteLong())
        .put("cache_read_input_tokens", usage.cacheRead())
        .put("output_tokens", usage.output())
        .put("output_tokens_details", new JsonObject().put("thinking_tokens", usage.reasoning()))
        .putNull("server_tool_use");
  }
}
