package io.commandcenter.akm.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The usage room's calls about the month's budget. */
public final class BudgetCalls {
  public static final Call<ShowBudget, BudgetView> BUDGET =
      Call.cluster(
          "akm.usage.budget.v1",
          ShowBudget.class,
          BudgetView.class,
          "The budget of the current month.");

  public static final Call<SetBudget, BudgetView> SET_BUDGET =
      Call.cluster(
          "akm.usage.set-budget.v1",
          SetBudget.class,
          BudgetView.class,
          "Sets the budget of this and the coming months over the configuration's, from the next"
              + " hold on; or forgets what was set.",
          Code.SEALED);

  public static final List<Call<?, ?>> ALL = List.of(BUDGET, SET_BUDGET);

  private BudgetCalls() {}

  public record ShowBudget() {}

  /**
   * @param monthlyUsd 0 to 1,000,000,000, with at most nine decimals; null leaves the limit
   * @param hard whether what does not fit is refused; null leaves it, or takes the configuration's
   *     where no budget is in force
   * @param remove true to forget what was set: the configuration's budget is in force again
   * @param by a token's id, or the name of a service of the bus
   */
  public record SetBudget(BigDecimal monthlyUsd, Boolean hard, Boolean remove, String by) {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000);

    public SetBudget {
      boolean sets = monthlyUsd != null || hard != null;
      if (sets == Boolean.TRUE.equals(remove)) {
        throw Failure.badRequest(
            "give `monthly_usd`, `hard` or both, or `remove`: true alone to go back to the"
                + " configuration's budget");
      }
      // The scale first: comparing 1E-1000000000 would spell it out.
      if (monthlyUsd != null
          && (monthlyUsd.scale() > 9
              || monthlyUsd.scale() < -9
              || monthlyUsd.signum() < 0
              || monthlyUsd.compareTo(LARGEST) > 0)) {
        throw Failure.badRequest(
            "`monthly_usd` must be between 0 and 1000000000, with at most nine decimals");
      }
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param mode hard or warn; none without a budget
   * @param period for example 2026-11
   * @param source file (the server's configuration) or set (by an admin, over the file's); none
   *     without a budget
   * @param forecastUsd what the month comes to at the pace of its days so far; null on its first
   *     day
   */
  public record BudgetView(
      String mode,
      String period,
      BigDecimal limitUsd,
      BigDecimal spentUsd,
      BigDecimal heldUsd,
      BigDecimal remainingUsd,
      Instant resetsAt,
      String source,
      BigDecimal forecastUsd) {}
}
