package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.store.UsageRows.HoldResult;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Says which budget had no room for a hold, and until when. */
final class Refusals {
  private Refusals() {}

  static Failure of(HoldResult refused, long needed, MonthlyBudget monthly) {
    var words = SpendLimit.words(refused.key().budget());
    var resets =
        words == null ? Optional.of(monthly.period().resetsAt()) : resetsAt(refused.key().period());
    var limit = usd(refused.budget().limit());
    var spent = usd(refused.budget().settled());
    var held = usd(refused.budget().held());
    var need = usd(needed);
    var failure =
        new Failure(
                Code.BUDGET_EXCEEDED,
                (words == null ? "the monthly budget" : words)
                    + " of "
                    + limit
                    + " USD has no room: "
                    + spent
                    + " is spent, "
                    + held
                    + " is held, this request needs up to "
                    + need
                    + (words == null ? "; raise it" : "; ask for a token with more")
                    + resets.map(at -> " or wait until it resets at " + at).orElse(""))
            .with("budget", refused.key().budget())
            .with("limit_usd", limit)
            .with("spent_usd", spent)
            .with("held_usd", held)
            .with("needed_usd", need);
    return resets.map(at -> failure.with("resets_at", at.toString())).orElse(failure);
  }

  private static String usd(long nanos) {
    return Usd.ofNanos(nanos).toPlainString();
  }

  /** The end of a token's day or month; empty for a total. */
  private static Optional<Instant> resetsAt(String period) {
    try {
      var next =
          period.length() == "2026-11".length()
              ? YearMonth.parse(period).plusMonths(1).atDay(1)
              : LocalDate.parse(period).plusDays(1);
      return Optional.of(next.atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeParseException total) {
      return Optional.empty();
    }
  }
}
