package io.commandcenter.akm.provider.anthropic;

import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Effort;
import io.vertx.core.json.JsonObject;

/**
 * How much a model is to think: in words for those that decide themselves, in tokens for others.
 */
final class AnthropicThinking {
  private static final int LEAST = 1024;

  private AnthropicThinking() {}

  /**
   * @param forced whether a tool must be called: then thinking is refused
   */
  static void put(JsonObject body, ProviderRequest.Chat chat, boolean forced) {
    var model = chat.model();
    var word = Effort.word(chat.request().reasoning());
    var shown = Effort.shown(chat.request().reasoning());
    if (!AnthropicModels.thinks(model) || (word == null && !shown)) {
      return;
    }
    var off = "none".equals(word) || forced;
    if (off && AnthropicModels.canStopThinking(model)) {
      body.put("thinking", new JsonObject().put("type", "disabled"));
    } else if (AnthropicModels.adapts(model)) {
      adaptive(body, model, word, shown);
    } else {
      counted(body, chat, shown);
    }
    if (!AnthropicModels.adapts(model) && off) {
      // Older models do not think unless asked, and sampling is theirs then.
      body.remove("thinking");
    }
  }

  private static void adaptive(JsonObject body, String model, String word, boolean shown) {
    body.put(
        "thinking",
        new JsonObject().put("type", "adaptive").put("display", shown ? "summarized" : "omitted"));
    if (word != null) {
      config(body).put("effort", effort(model, word));
    }
  }

  private static String effort(String model, String word) {
    return switch (word) {
      // These models always think: the least is nearest to none.
      case "none", "minimal" -> "low";
      case "xhigh" -> AnthropicModels.knowsExtraHigh(model) ? word : "high";
      default -> word;
    };
  }

  /** The budget is a part of max_tokens, and at least 1024. */
  private static void counted(JsonObject body, ProviderRequest.Chat chat, boolean shown) {
    var asked = Effort.tokens(chat.request().reasoning());
    int room = chat.maxOutputTokens() - 1;
    if (room < LEAST || (asked == null && !shown)) {
      return;
    }
    int wanted = asked == null || asked < 0 ? LEAST : Math.max(LEAST, asked);
    body.put(
        "thinking",
        new JsonObject().put("type", "enabled").put("budget_tokens", Math.min(room, wanted)));
  }

  static JsonObject config(JsonObject body) {
    if (!body.containsKey("output_config")) {
      body.put("output_config", new JsonObject());
    }
    return body.getJsonObject("output_config");
  }
}
