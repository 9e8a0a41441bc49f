package io.commandcenter.akm.core.money;

import java.util.List;

/**
 * One period of a budget, in nano-dollars.
 *
 * <p>A hard budget keeps {@code settled + held <= limit}: a hold that does not fit is refused.
 * Settled alone may pass the limit where a provider charges more than the upper bound that was held
 * for it, or where the limit was lowered: what was spent is never hidden.
 *
 * @param limit null for no budget
 * @param settled spent
 * @param held reserved for attempts that have not ended
 */
public record Budget(Long limit, long settled, long held) {
  private static final List<Integer> THRESHOLDS = List.of(80, 100);

  /** Limit less settled and held, never below 0; null without a limit. */
  public Long remaining() {
    return limit == null ? null : Math.max(0, limit - settled - held);
  }

  /** The percentages that settled has reached: of 80 and 100. */
  public List<Integer> reached() {
    return THRESHOLDS.stream().filter(percent -> reached(percent, settled)).toList();
  }

  /** The percentages that settled has reached by its last {@code cost}. */
  public List<Integer> crossedBy(long cost) {
    return reached().stream().filter(percent -> !reached(percent, settled - cost)).toList();
  }

  private boolean reached(int percent, long spent) {
    return limit != null && spent > 0 && spent >= share(percent);
  }

  /** The percentage of the limit, rounded up, in two steps so that it cannot overflow. */
  private long share(int percent) {
    return limit / 100 * percent + (limit % 100 * percent + 99) / 100;
  }
}
