package io.commandcenter.akm.provider.wire;

import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** When a provider says it may be asked again: waits from headers and bodies, and park times. */
public final class RetryHints {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,7}(?:\\.\\d{1,9})?");

  /** As Go prints durations: {@code 6m0s}, {@code 2m59.56s}, {@code 12ms}. */
  private static final Pattern GO =
      Pattern.compile(
          "(?:(\\d{1,5})h)?(?:(\\d{1,7})m)?(?:(\\d{1,7}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9}(?:\\.\\d{1,9})?)ms)?");

  private static final Pattern REGAIN = Pattern.compile("regain access on (\\d{4}-\\d{2}-\\d{2})");
  private static final ZoneId GOOGLE_DAY = ZoneId.of("America/Los_Angeles");

  private RetryHints() {}

  /**
   * The provider's wait, in the order of its worth: milliseconds, seconds or date, body, windows.
   */
  public static Optional<Duration> retryAfter(MultiMap headers, ErrorAnswer error, Instant now) {
    return seconds(headers.get("retry-after-ms"))
        .map(ms -> ms.dividedBy(1000))
        .or(() -> seconds(headers.get("retry-after")))
        .or(() -> date(headers.get("retry-after"), now))
        .or(() -> retryInfo(error))
        .or(() -> spentWindow(headers, now));
  }

  /** The wait until every used-up window of the rate headers has been reset. */
  public static Optional<Duration> spentWindow(MultiMap headers, Instant now) {
    var anthropic =
        Stream.of("requests", "tokens", "input-tokens", "output-tokens")
            .filter(kind -> "0".equals(headers.get("anthropic-ratelimit-" + kind + "-remaining")))
            .map(kind -> instant(headers.get("anthropic-ratelimit-" + kind + "-reset"), now));
    var openai =
        Stream.of("requests", "tokens")
            .filter(kind -> "0".equals(headers.get("x-ratelimit-remaining-" + kind)))
            .map(kind -> goDuration(headers.get("x-ratelimit-reset-" + kind)));
    return Stream.concat(anthropic, openai).flatMap(Optional::stream).max(Duration::compareTo);
  }

  /** The date of a spend limit's own text, else the 1st of the next month, 00:00 UTC. */
  public static Instant spendLimitEnds(ErrorAnswer error, Instant now) {
    var nextMonth = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1).plusMonths(1);
    var stated = REGAIN.matcher(error.message());
    if (stated.find()) {
      var day = parse(stated.group(1), LocalDate::parse).orElse(nextMonth);
      var start = day.atStartOfDay().toInstant(ZoneOffset.UTC);
      // A date that has passed or lies far ahead would open the key at once, or close it for good.
      if (start.isAfter(now) && start.isBefore(now.plus(Duration.ofDays(62)))) {
        return start;
      }
    }
    return nextMonth.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** Google counts daily quotas in Pacific time. */
  public static Instant googleDayEnds(Instant now) {
    return LocalDate.ofInstant(now, GOOGLE_DAY).plusDays(1).atStartOfDay(GOOGLE_DAY).toInstant();
  }

  private static Optional<Duration> retryInfo(ErrorAnswer error) {
    return error.details().stream()
        .map(detail -> detail.text("retryDelay"))
        .filter(Objects::nonNull)
        .flatMap(delay -> goDuration(delay).stream())
        .findFirst();
  }

  private static Optional<Duration> seconds(String text) {
    return text != null && SECONDS.matcher(text.strip()).matches()
        ? Optional.of(nanos(text.strip(), 1_000_000_000L))
        : Optional.empty();
  }

  private static Optional<Duration> date(String text, Instant now) {
    return parse(text, value -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from))
        .map(at -> until(at, now));
  }

  private static Optional<Duration> instant(String text, Instant now) {
    return parse(text, Instant::parse).map(at -> until(at, now));
  }

  private static Optional<Duration> goDuration(String text) {
    var parts = GO.matcher(text == null ? "" : text);
    if (!parts.matches() || parts.end() == 0) {
      return Optional.empty();
    }
    var units = List.of(3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L);
    var sum = Duration.ZERO;
    for (int i = 0; i < units.size(); i++) {
      if (parts.group(i + 1) != null) {
        sum = sum.plus(nanos(parts.group(i + 1), units.get(i)));
      }
    }
    return Optional.of(sum);
  }

  private static Duration nanos(String number, long unit) {
    return Duration.ofNanos(new BigDecimal(number).multiply(BigDecimal.valueOf(unit)).longValue());
  }

  private static Duration until(Instant at, Instant now) {
    return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
  }

  private static <T> Optional<T> parse(String text, Function<String, T> parser) {
    try {
      return Optional.ofNullable(text).map(parser);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
