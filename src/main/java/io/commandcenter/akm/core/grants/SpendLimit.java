package io.commandcenter.akm.core.grants;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * A hard limit in dollars of one token, in which all its descendants' spending counts.
 *
 * @param token whose limit it is
 * @param window {@code total}, {@code day} or {@code month}; days and months are UTC
 * @param limitNanos nano-dollars
 */
public record SpendLimit(String token, String window, long limitNanos) {
  private static final String PREFIX = "token:";

  /** How long a limit holds before it starts anew. */
  public enum Window {
    TOTAL,
    DAY,
    MONTH;

    public String slug() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The period that {@code at} falls into: {@code total}, {@code 2026-11-25}, {@code 2026-11}.
     */
    public String period(Instant at) {
      return switch (this) {
        case TOTAL -> slug();
        case DAY -> LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
        case MONTH -> YearMonth.from(at.atZone(ZoneOffset.UTC)).toString();
      };
    }
  }

  public SpendLimit(String token, Window window, long limitNanos) {
    this(token, window.slug(), limitNanos);
  }

  /** The budget's name, for example {@code token:tok_1:day}. */
  public String budget() {
    return PREFIX + token + ":" + window;
  }

  public String period(Instant at) {
    return Window.valueOf(window.toUpperCase(Locale.ROOT)).period(at);
  }

  /** For a person: {@code the daily limit of token tok_1}; null if the budget is no token's. */
  public static String words(String budget) {
    if (!budget.startsWith(PREFIX)) {
      return null;
    }
    int colon = budget.lastIndexOf(':');
    var kind =
        switch (budget.substring(colon + 1)) {
          case "day" -> "daily limit";
          case "month" -> "monthly limit";
          default -> "total limit";
        };
    return "the " + kind + " of token " + budget.substring(PREFIX.length(), colon);
  }
}
