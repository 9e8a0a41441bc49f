package io.commandcenter.akm.testkit;

import io.vertx.core.json.JsonObject;

/** The routing configuration of the first version, to the letter. */
public final class OriginalRouting {
  private OriginalRouting() {}

  /** A copy of its own each time. */
  public static JsonObject json() {
    return new JsonObject(
        """
        {"providers":{
          "anthropic":{"enabled":true,"api_key_env":"ANTHROPIC_API_KEY","models":["claude-3-5-sonnet","claude-3-opus"],"rate_limit":100,"cost_per_1k_tokens":0.015},
          "openai":{"enabled":true,"api_key_env":"OPENAI_API_KEY","models":["gpt-4","gpt-3.5-turbo"],"rate_limit":60,"cost_per_1k_tokens":0.03},
          "google":{"enabled":false,"api_key_env":"GOOGLE_API_KEY","models":["gemini-pro"],"rate_limit":60,"cost_per_1k_tokens":0.001},
          "local":{"enabled":true,"endpoint":"http://localhost:11434","models":["codellama","mistral"],"cost_per_1k_tokens":0}},
         "routing":{"code_generation":"anthropic","embeddings":"local","analysis":"openai","chat":"anthropic"},
         "fallback_order":["anthropic","openai","google","local"]}
        """);
  }
}
