package io.commandcenter.akm.core.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The rules of a rotation, as a value: each event gives the next one, or the same if it changes
 * nothing.
 *
 * <p>The old version stays current until the shift, and can be current again until it is erased: so
 * a bad new version costs nothing at any stage.
 *
 * @param from the version that was current when it began
 * @param to the new version; null while waiting
 * @param spare whether the old version could take over again: false once its provider refused it
 * @param answered requests that succeeded with the new version during the trial
 * @param dueAt when time alone brings the next stage; null if it does not
 * @param verdict of the provider's free check; null before it
 * @param reason why it ended; null if it did not, or ended well
 */
public record Rotation(
    RotationState state,
    Terms terms,
    int from,
    Integer to,
    boolean spare,
    int answered,
    Instant dueAt,
    String verdict,
    String reason) {

  /** Verdicts with which a version is never tried; the others may be the check's fault. */
  private static final Set<String> REFUSALS = Set.of("invalid", "expired", "no-credit");

  /** The shift comes this much before the old version expires. */
  private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(5);

  /**
   * @param canaryPercent of the key's requests that try the new version; 0 or 100 shifts at once
   * @param canaryRequests that must succeed before the rest follows
   * @param canaryTime after which a version that nothing spoke against is taken anyway
   * @param grace how long the old version is kept after the shift
   */
  public record Terms(int canaryPercent, int canaryRequests, Duration canaryTime, Duration grace) {}

  /**
   * One that waits for its secret.
   *
   * @param until when it is given up
   */
  public static Rotation waiting(int from, Terms terms, Instant until) {
    return new Rotation(RotationState.WAITING, terms, from, null, true, 0, until, null, null);
  }

  public Rotation on(RotationEvent event, Instant now) {
    if (!state.running()) {
      return this;
    }
    if (event instanceof RotationEvent.Entered entered) {
      return entered(entered);
    }
    if (event instanceof RotationEvent.Checked checked) {
      return checked(checked, now);
    }
    if (event instanceof RotationEvent.Answered one) {
      return answered(one, now);
    }
    if (event instanceof RotationEvent.Refused refused) {
      return refused(refused, now);
    }
    if (event instanceof RotationEvent.Passed) {
      return passed(now);
    }
    if (event instanceof RotationEvent.Advanced) {
      return advanced(now);
    }
    return cancelled((RotationEvent.Cancelled) event);
  }

  private Rotation entered(RotationEvent.Entered entered) {
    return state == RotationState.WAITING
        ? new Rotation(
            RotationState.VALIDATING,
            terms,
            from,
            entered.version(),
            entered.spare(),
            0,
            null,
            null,
            null)
        : this;
  }

  private Rotation checked(RotationEvent.Checked checked, Instant now) {
    if (state != RotationState.VALIDATING) {
      return this;
    }
    var known = with(state, spare, answered, dueAt, checked.verdict(), reason);
    if (REFUSALS.contains(checked.verdict())) {
      return known.ended(RotationState.ROLLED_BACK, checked.verdict());
    }
    boolean wholeOrNone = terms.canaryPercent() <= 0 || terms.canaryPercent() >= 100;
    if (wholeOrNone || !spare || !checked.inUse()) {
      return known.shifted(now);
    }
    var end = now.plus(terms.canaryTime());
    var last = checked.keyEnds() == null ? end : checked.keyEnds().minus(BEFORE_EXPIRY);
    return known.in(RotationState.CANARY, last.isBefore(end) ? last : end);
  }

  private Rotation answered(RotationEvent.Answered one, Instant now) {
    if (state != RotationState.CANARY || !isNew(one.version())) {
      return this;
    }
    var counted = with(state, spare, answered + 1, dueAt, verdict, reason);
    return counted.answered >= terms.canaryRequests() ? counted.shifted(now) : counted;
  }

  private Rotation refused(RotationEvent.Refused refused, Instant now) {
    if (isNew(refused.version())) {
      boolean tried = state == RotationState.CANARY || state == RotationState.DRAINING && spare;
      return tried ? ended(RotationState.ROLLED_BACK, refused.reason()) : this;
    }
    if (refused.version() != from || !spare || state == RotationState.WAITING) {
      return this;
    }
    var alone = with(state, false, answered, dueAt, verdict, reason);
    // With the old version gone there is nothing to compare with, and nothing to wait for.
    return switch (state) {
      case CANARY -> alone.shifted(now);
      case DRAINING -> alone.in(RotationState.DRAINING, now);
      default -> alone;
    };
  }

  private Rotation passed(Instant now) {
    if (dueAt == null || now.isBefore(dueAt)) {
      return this;
    }
    return switch (state) {
      case WAITING -> ended(RotationState.CANCELLED, "nothing-came");
      case CANARY -> shifted(now);
      case DRAINING -> ended(RotationState.DONE, null);
      default -> this;
    };
  }

  private Rotation advanced(Instant now) {
    return switch (state) {
      case VALIDATING, CANARY -> shifted(now);
      case DRAINING -> ended(RotationState.DONE, null);
      default -> this;
    };
  }

  private Rotation cancelled(RotationEvent.Cancelled cancelled) {
    return state == RotationState.DRAINING && !spare
        ? this
        : ended(RotationState.CANCELLED, cancelled.reason());
  }

  private boolean isNew(int version) {
    return to != null && to == version;
  }

  private Rotation shifted(Instant now) {
    return in(RotationState.DRAINING, spare ? now.plus(terms.grace()) : now);
  }

  private Rotation in(RotationState next, Instant due) {
    return with(next, spare, answered, due, verdict, reason);
  }

  private Rotation ended(RotationState end, String why) {
    return with(end, spare, answered, null, verdict, why);
  }

  private Rotation with(
      RotationState next, boolean spared, int count, Instant due, String said, String why) {
    return new Rotation(next, terms, from, to, spared, count, due, said, why);
  }

  /** The version that requests get unless they try the other one. */
  public int current() {
    return state == RotationState.DRAINING || state == RotationState.DONE ? to : from;
  }

  /** Whether this version's refusal says nothing about the key, since the other one still works. */
  public boolean onTrial(int version) {
    return isNew(version)
        && (state == RotationState.CANARY || state == RotationState.DRAINING && spare);
  }

  /**
   * What the shift makes of the key: a new secret cures a refusal and an expiry; it does not undo
   * what a person has switched off.
   *
   * @param version the state of the old version: DISABLED if its provider refused it
   */
  public static KeyState keyAfterShift(KeyState key, KeyState version) {
    return key == KeyState.DISABLED && version != KeyState.DISABLED
        ? KeyState.DISABLED
        : KeyState.ACTIVE;
  }
}
