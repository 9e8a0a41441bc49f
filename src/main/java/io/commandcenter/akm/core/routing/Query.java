package io.commandcenter.akm.core.routing;

import io.commandcenter.akm.core.grants.Grant;

/**
 * What is asked, reduced to what matters for the choice.
 *
 * @param task null for the operation's own
 * @param provider tried first, or null
 * @param model only providers that list it, or null; {@code provider/model} names both
 * @param strategy null for the task's own
 * @param grant what the asking token may; {@link Grant#ALL} for a trusted caller
 */
public record Query(
    Operation operation,
    String task,
    String provider,
    String model,
    StrategyName strategy,
    Size size,
    Grant grant) {

  /** Of a trusted caller. */
  public Query(
      Operation operation,
      String task,
      String provider,
      String model,
      StrategyName strategy,
      Size size) {
    this(operation, task, provider, model, strategy, size, Grant.ALL);
  }

  /** The task it counts as: the operation's own if none is named. */
  String effectiveTask() {
    return task == null ? operation.slug() : task;
  }

  /**
   * Upper bounds, not estimates.
   *
   * @param maxOutputTokens before the model's own limit is applied
   * @param maxCostNanos null for no cap
   */
  public record Size(long maxInputTokens, long maxOutputTokens, Long maxCostNanos) {}
}
