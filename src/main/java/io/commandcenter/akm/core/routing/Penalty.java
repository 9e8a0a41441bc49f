package io.commandcenter.akm.core.routing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * What cools down after a failure, and for how long.
 *
 * @param length from now
 */
public record Penalty(Cooled what, Duration length) {
  /** The vault disables the key; until the fact arrives, nobody else takes it. */
  private static final Duration KEY_REPORTED = Duration.ofMinutes(1);

  private static final Duration CREDIT_RECHECK = Duration.ofHours(1);
  private static final Duration NO_PERMISSION = Duration.ofHours(1);
  private static final Duration MODEL_GONE = Duration.ofMinutes(10);

  /** What is shorter is over before anybody else could act on it. */
  private static final Duration WORTH_TELLING = Duration.ofSeconds(5);

  /** A provider's absurd wait must not take it away for ever. */
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

  private static final Duration LONGEST_PARK = Duration.ofDays(32);
  private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

  /** What a provider said of its wait: from now, or until a time; both may be null. */
  public record Said(Duration retryAfter, Instant parkedUntil) {
    Optional<Duration> from(Instant now) {
      if (parkedUntil != null) {
        return Optional.of(bounded(Duration.between(now, parkedUntil), LONGEST_PARK));
      }
      return Optional.ofNullable(retryAfter).map(wait -> bounded(wait, LONGEST_RETRY_AFTER));
    }
  }

  /**
   * @param backOff for a rate limit whose end the provider did not say
   * @return empty if nothing cools: the breaker counts it, or the request is to blame
   */
  public static Optional<Penalty> of(
      Candidate failed, ErrorClass error, Said said, Duration backOff, Instant now) {
    var key = new Cooled(failed.provider(), failed.keyId(), null);
    var wait = said.from(now);
    return switch (error) {
      case KEY_INVALID -> of(key, KEY_REPORTED);
      case NO_CREDIT -> of(key, CREDIT_RECHECK);
      case SPEND_LIMIT -> of(key, wait.orElseGet(() -> Duration.between(now, nextMonth(now))));
      case DAILY_QUOTA -> of(key, wait.orElseGet(() -> Duration.between(now, nextQuotaDay(now))));
      case RATE_LIMIT -> of(key, wait.orElse(backOff));
      case PERMISSION ->
          of(new Cooled(failed.provider(), failed.keyId(), failed.model()), NO_PERMISSION);
      case MODEL_GONE -> of(new Cooled(failed.provider(), null, failed.model()), MODEL_GONE);
      case OVERLOADED, TRANSIENT ->
          wait.map(length -> new Penalty(Cooled.provider(failed.provider()), length));
      case BAD_ANSWER, TIMEOUT, CONTEXT_OVERFLOW, BAD_REQUEST, CONTENT -> Optional.empty();
    };
  }

  /**
   * Whether others should hear of it: the provider itself named a time for the whole key that is
   * worth remembering. A back-off of ours, a model's or a provider's pause is this router's alone.
   */
  public boolean isWorthTelling(ErrorClass error, Said said) {
    boolean named =
        switch (error) {
          case SPEND_LIMIT, DAILY_QUOTA -> true;
          case RATE_LIMIT -> said.retryAfter() != null || said.parkedUntil() != null;
          default -> false;
        };
    return named
        && what.keyId() != null
        && what.model() == null
        && length.compareTo(WORTH_TELLING) >= 0;
  }

  private static Optional<Penalty> of(Cooled what, Duration length) {
    return Optional.of(new Penalty(what, length));
  }

  private static Duration bounded(Duration wait, Duration most) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(most) > 0 ? most : wait;
  }

  private static Instant nextMonth(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC)
        .with(TemporalAdjusters.firstDayOfNextMonth())
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  /** Daily quotas start anew at midnight in California. */
  private static Instant nextQuotaDay(Instant now) {
    return LocalDate.ofInstant(now, PACIFIC).plusDays(1).atStartOfDay(PACIFIC).toInstant();
  }
}
