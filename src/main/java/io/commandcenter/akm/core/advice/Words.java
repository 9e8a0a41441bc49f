package io.commandcenter.akm.core.advice;

import io.commandcenter.akm.core.money.Usd;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Figures as a person reads them. */
final class Words {
  private static final int HOURS_SHOWN = 48;

  private Words() {}

  /** To the cent, or to what is left of one. */
  static String usd(long nanos) {
    var exact = Usd.ofNanos(nanos);
    var cents = exact.setScale(2, RoundingMode.HALF_UP);
    return "$" + (cents.signum() == 0 && nanos != 0 ? exact : cents).toPlainString();
  }

  static String percent(double rate) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * rate);
  }

  /** Whole days, and hours where there are few of them. */
  static String span(Duration over) {
    return over.toHours() < HOURS_SHOWN
        ? Math.max(1, over.toHours()) + " h"
        : Math.round(over.toHours() / 24.0) + " days";
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
