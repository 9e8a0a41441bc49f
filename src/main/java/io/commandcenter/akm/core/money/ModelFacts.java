package io.commandcenter.akm.core.money;

import java.time.LocalDate;
import java.util.Set;

/**
 * A line of the model catalogue, prices aside.
 *
 * @param vendor anthropic, openai, gemini, ollama …: whose catalogue it stands in
 * @param mode chat, embedding or responses
 * @param status active, legacy, preview, deprecated or retired
 * @param endsOn the day the model stops, or null
 * @param replacement what to use instead, or null
 * @param context tokens of the whole window, or null if unknown
 * @param maxOutput tokens, or null if unknown
 */
public record ModelFacts(
    String vendor,
    String model,
    String mode,
    String status,
    LocalDate endsOn,
    String replacement,
    Long context,
    Long maxOutput,
    Set<String> capabilities) {
  public ModelFacts {
    capabilities = Set.copyOf(capabilities);
  }

  public boolean embeds() {
    return mode.equals("embedding");
  }

  public boolean retiredOn(LocalDate day) {
    return status.equals("retired") || (endsOn != null && !endsOn.isAfter(day));
  }
}
