package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.money.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tokens where the provider names none: three bytes a token, which is dear for English, about right
 * for Chinese, and marked as an estimate.
 */
public final class TokenEstimate {
  private static final int IMAGE = 1600;

  private TokenEstimate() {}

  /**
   * @param answer null for none
   */
  public static TokenUsage of(ProviderRequest request, String answer) {
    return new TokenUsage(asked(request), 0, 0, 0, tokens(answer), 0, true);
  }

  private static long asked(ProviderRequest request) {
    if (request instanceof ProviderRequest.Embed embed) {
      return embed.input().stream().mapToLong(TokenEstimate::tokens).sum();
    }
    var chat = ((ProviderRequest.Chat) request).request();
    return chat.turns().stream().mapToLong(turn -> of(turn.parts())).sum()
        + chat.tools().stream().mapToLong(TokenEstimate::of).sum();
  }

  private static long of(Tool tool) {
    return tokens(tool.name()) + tokens(tool.description()) + tokens(tool.schema().toString());
  }

  private static long of(List<Part> parts) {
    return parts.stream().mapToLong(TokenEstimate::of).sum();
  }

  private static long of(Part part) {
    if (part instanceof Part.Text text) {
      return tokens(text.text());
    }
    if (part instanceof Part.ToolCall call) {
      return tokens(call.name()) + tokens(call.arguments());
    }
    if (part instanceof Part.ToolResult result) {
      return of(result.content());
    }
    if (part instanceof Part.Thinking thinking) {
      return tokens(thinking.text());
    }
    // Pictures, pages and sounds: about an image's worth each.
    return part instanceof Part.Refusal refusal ? tokens(refusal.text()) : IMAGE;
  }

  /** Of one text; null has none. */
  public static long tokens(String text) {
    return text == null ? 0 : (text.getBytes(StandardCharsets.UTF_8).length + 2) / 3;
  }
}
