package io.commandcenter.akm.provider.wire;

import io.commandcenter.akm.core.chat.Reasoning;
import java.util.Map;

/** How much thinking is asked for, said in words or in tokens. */
public final class Effort {
  private static final Map<String, Integer> TOKENS =
      Map.of(
          "none", 0, "minimal", 1024, "low", 2048, "medium", 8192, "high", 16_384, "xhigh", 24_576,
          "max", 32_768);

  private Effort() {}

  /** none, minimal, low, medium, high, xhigh or max; null if nothing of it is asked. */
  public static String word(Reasoning reasoning) {
    if (reasoning == null || reasoning.effort() != null) {
      return reasoning == null ? null : reasoning.effort();
    }
    var budget = reasoning.budgetTokens();
    if (budget == null) {
      return null;
    }
    return budget == 0
        ? "none"
        : budget > 0 && budget <= 2048 ? "low" : budget > 0 && budget <= 8192 ? "medium" : "high";
  }

  /** Tokens to think with; null if nothing of it is asked; negative lets the model decide. */
  public static Integer tokens(Reasoning reasoning) {
    if (reasoning == null || reasoning.budgetTokens() != null) {
      return reasoning == null ? null : reasoning.budgetTokens();
    }
    return reasoning.effort() == null ? null : TOKENS.getOrDefault(reasoning.effort(), 8192);
  }

  /** Whether the caller wants to see the thinking. */
  public static boolean shown(Reasoning reasoning) {
    return reasoning != null && Boolean.TRUE.equals(reasoning.shown());
  }
}
