package io.commandcenter.akm.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Times as people write and read them: {@code 90m}, {@code 2h}, {@code 30d}, a day, an instant. */
final class Spans {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([smhd])");

  private Spans() {}

  /** A length of time; {@link IllegalArgumentException} for anything else. */
  static Duration parse(String text) {
    var span = SPAN.matcher(text);
    if (!span.matches()) {
      throw new IllegalArgumentException("write a time as 45s, 90m, 2h or 30d");
    }
    long count = Long.parseLong(span.group(1));
    return switch (span.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /**
   * An instant, a day (its start, UTC), or a length of time from now.
   *
   * @param sign -1 for the past, 1 for the future
   */
  static Instant instant(String text, Instant now, int sign) {
    try {
      if (SPAN.matcher(text).matches()) {
        return now.plus(parse(text).multipliedBy(sign));
      }
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "write a time as 2h, 30d, 2027-01-31 or 2027-01-31T00:00:00Z");
    }
  }

  /** The largest unit alone: 45s, 12m, 3h, 20d. */
  static String words(Duration span) {
    if (span.toDays() > 0) {
      return span.toDays() + "d";
    }
    if (span.toHours() > 0) {
      return span.toHours() + "h";
    }
    return span.toMinutes() > 0 ? span.toMinutes() + "m" : Math.max(0, span.toSeconds()) + "s";
  }
}
