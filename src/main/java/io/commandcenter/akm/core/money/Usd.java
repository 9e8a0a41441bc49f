package io.commandcenter.akm.core.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** US dollars as nano-dollars (10⁻⁹ $) in a long, and as decimals for people. */
public final class Usd {
  public static final long NANOS_PER_DOLLAR = 1_000_000_000L;

  private Usd() {}

  /** At least two decimals: 7.20, 0.009468. */
  public static BigDecimal ofNanos(long nanos) {
    var exact = BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
    return exact.scale() < 2 ? exact.setScale(2, RoundingMode.UNNECESSARY) : exact;
  }

  /** Nano-dollars, rounded half up; {@link ArithmeticException} beyond ±9.2 billion dollars. */
  public static long toNanos(BigDecimal dollars) {
    return dollars.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }
}
