package io.commandcenter.akm.core.routing;

/**
 * What is asked, reduced to what matters for the choice.
 *
 * @param task null for the operation's own
 * @param provider tried first, or null
 * @param model only providers that list it, or null; {@code provider/model} names both
 * @param strategy null for the task's own
 */
public record Query(
    Operation operation,
    String task,
    String provider,
    String model,
    StrategyName strategy,
    Size size) {

  /**
   * Upper bounds, not estimates.
   *
   * @param maxOutputTokens before the model's own limit is applied
   * @param maxCostNanos null for no cap
   */
  public record Size(long maxInputTokens, long maxOutputTokens, Long maxCostNanos) {}
}
