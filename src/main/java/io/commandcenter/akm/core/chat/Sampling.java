package io.commandcenter.akm.core.chat;

/**
 * How tokens are drawn; null for what the caller does not say.
 *
 * @param temperature 0 to 2
 */
public record Sampling(
    Double temperature,
    Double topP,
    Integer topK,
    Double presencePenalty,
    Double frequencyPenalty,
    Long seed) {
  public static final Sampling DEFAULT = new Sampling(null, null, null, null, null, null);

  public static Sampling ofTemperature(Double temperature) {
    return new Sampling(temperature, null, null, null, null, null);
  }
}
