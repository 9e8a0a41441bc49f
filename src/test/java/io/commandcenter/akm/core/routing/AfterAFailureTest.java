package io.commandcenter.akm.core.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which candidates remain after a failure, and what cools down. */
class AfterAFailureTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Penalty.Said NOTHING = new Penalty.Said(null, null);
  private static final Duration BACK_OFF = Duration.ofMillis(500);

  private final Candidate failed = candidate("a", "m", "k1", 1000L);
  private final Candidate otherKey = candidate("a", "m", "k2", 1000L);
  private final Candidate otherModel = candidate("a", "n", "k1", 2000L);
  private final Candidate otherProvider = candidate("b", "m", "k3", null);
  private final List<Candidate> rest = List.of(otherKey, otherModel, otherProvider);

  @Test
  void passesOverTheKeyThatIsToBlame() {
    assertEquals(List.of(otherKey, otherProvider), after(ErrorClass.RATE_LIMIT));
  }

  @Test
  void passesOverTheKeyForThisModelOnlyWhenItLacksPermission() {
    assertEquals(rest, after(ErrorClass.PERMISSION));
  }

  @Test
  void passesOverTheProviderThatIsToBlame() {
    assertEquals(List.of(otherProvider), after(ErrorClass.OVERLOADED));
  }

  @Test
  void passesOverTheModelThatIsGone() {
    assertEquals(List.of(otherModel, otherProvider), after(ErrorClass.MODEL_GONE));
  }

  @Test
  void keepsOnlyLargerWindowsWhenTheContextOverflows() {
    assertEquals(List.of(otherModel), after(ErrorClass.CONTEXT_OVERFLOW));
    assertEquals(
        List.of(otherModel),
        Remaining.after(
            candidate("c", "m", "k", null), ErrorClass.CONTEXT_OVERFLOW, List.of(otherModel)));
  }

  @Test
  void keepsNothingWhenTheRequestIsToBlame() {
    assertEquals(List.of(), after(ErrorClass.BAD_REQUEST));
    assertEquals(List.of(), after(ErrorClass.CONTENT));
  }

  @Test
  void coolsTheKeyForAsLongAsTheProviderSays() {
    assertEquals(
        Optional.of(new Penalty(key(), Duration.ofSeconds(17))),
        penalty(ErrorClass.RATE_LIMIT, new Penalty.Said(Duration.ofSeconds(17), null)));
  }

  @Test
  void backsOffWhenTheProviderDoesNotSay() {
    assertEquals(
        Optional.of(new Penalty(key(), BACK_OFF)), penalty(ErrorClass.RATE_LIMIT, NOTHING));
  }

  @Test
  void parksTheKeyUntilTheTimeTheProviderNames() {
    var said = new Penalty.Said(null, NOW.plusSeconds(90));
    assertEquals(
        Optional.of(new Penalty(key(), Duration.ofSeconds(90))),
        penalty(ErrorClass.SPEND_LIMIT, said));
  }

  @Test
  void parksASpendLimitUntilTheNextMonth() {
    assertEquals(
        NOW.plus(penalty(ErrorClass.SPEND_LIMIT, NOTHING).orElseThrow().length()),
        Instant.parse("2026-12-01T00:00:00Z"));
  }

  @Test
  void parksADailyQuotaUntilMidnightInCalifornia() {
    assertEquals(
        NOW.plus(penalty(ErrorClass.DAILY_QUOTA, NOTHING).orElseThrow().length()),
        Instant.parse("2026-11-23T08:00:00Z"));
  }

  @Test
  void boundsAnAbsurdWait() {
    var said = new Penalty.Said(Duration.ofDays(10_000), null);
    assertEquals(Duration.ofDays(1), penalty(ErrorClass.RATE_LIMIT, said).orElseThrow().length());
    var past = new Penalty.Said(null, NOW.minusSeconds(5));
    assertEquals(Duration.ZERO, penalty(ErrorClass.RATE_LIMIT, past).orElseThrow().length());
  }

  @Test
  void coolsARefusedKeyUntilTheVaultHasDisabledIt() {
    assertEquals(
        Optional.of(new Penalty(key(), Duration.ofMinutes(1))),
        penalty(ErrorClass.KEY_INVALID, NOTHING));
    assertEquals(
        Optional.of(new Penalty(key(), Duration.ofHours(1))),
        penalty(ErrorClass.NO_CREDIT, NOTHING));
  }

  @Test
  void coolsTheKeyForTheModelItMayNotUse() {
    assertEquals(
        Optional.of(new Penalty(new Cooled("a", "k1", "m"), Duration.ofHours(1))),
        penalty(ErrorClass.PERMISSION, NOTHING));
  }

  @Test
  void coolsAModelThatIsGone() {
    assertEquals(
        Optional.of(new Penalty(new Cooled("a", null, "m"), Duration.ofMinutes(10))),
        penalty(ErrorClass.MODEL_GONE, NOTHING));
  }

  @Test
  void coolsAnOverloadedProviderOnlyIfItNamesATime() {
    assertEquals(Optional.empty(), penalty(ErrorClass.OVERLOADED, NOTHING));
    assertEquals(
        Optional.of(new Penalty(new Cooled("a", null, null), Duration.ofSeconds(5))),
        penalty(ErrorClass.OVERLOADED, new Penalty.Said(Duration.ofSeconds(5), null)));
  }

  @Test
  void coolsNothingWhenTheRequestIsToBlame() {
    assertEquals(Optional.empty(), penalty(ErrorClass.BAD_REQUEST, NOTHING));
  }

  @Test
  void findsErrorClassesByTheirWireNames() {
    assertEquals(Optional.of(ErrorClass.NO_CREDIT), ErrorClass.ofSlug("no-credit"));
    assertEquals(Optional.empty(), ErrorClass.ofSlug("ok"));
  }

  private List<Candidate> after(ErrorClass error) {
    return Remaining.after(failed, error, rest);
  }

  private Optional<Penalty> penalty(ErrorClass error, Penalty.Said said) {
    return Penalty.of(failed, error, said, BACK_OFF, NOW);
  }

  private Cooled key() {
    return new Cooled("a", "k1", null);
  }

  private static Candidate candidate(String provider, String model, String key, Long context) {
    return new Candidate(
        provider, model, key, "label", 100, 1, context, Reason.TASK_TARGET, "a target");
  }
}
