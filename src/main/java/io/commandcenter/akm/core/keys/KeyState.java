package io.commandcenter.akm.core.keys;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/** The life of a key, and of each of its versions. */
public enum KeyState {
  /** A new version that a rotation still tries; only versions are candidates, keys never are. */
  CANDIDATE,
  ACTIVE,
  /** An old version after a rotation: kept until its grace period ends, lent only in need. */
  DRAINING,
  /** Resting until the time its provider named. */
  COOLING,
  DISABLED,
  EXPIRED,
  /** The end: the ciphertext is erased. */
  REVOKED;

  /** Whether a key in this state may go to {@code next}. */
  public boolean mayBecome(KeyState next) {
    return switch (this) {
      case CANDIDATE -> next == ACTIVE || next == REVOKED;
      case ACTIVE -> next != ACTIVE && next != CANDIDATE;
      case COOLING -> next != COOLING && next != DRAINING && next != CANDIDATE;
      case DISABLED -> Set.of(ACTIVE, EXPIRED, REVOKED).contains(next);
      // Only a rotation brings an expired key back: its new version has its own life.
      case EXPIRED -> Set.of(ACTIVE, REVOKED).contains(next);
      case DRAINING -> next == ACTIVE || next == REVOKED;
      case REVOKED -> false;
    };
  }

  /** Whether a date of expiry ends a key in this state. */
  public boolean expires() {
    return mayBecome(EXPIRED);
  }

  /**
   * The state at {@code now}, which may be ahead of the stored one.
   *
   * @param expiresAt null for no end
   */
  public KeyState at(Instant now, Instant expiresAt) {
    return expires() && expiresAt != null && !now.isBefore(expiresAt) ? EXPIRED : this;
  }

  /**
   * What is shown at {@code now}: a rest lies over an active key.
   *
   * @param expiresAt null for no end
   * @param coolingUntil null if it does not rest
   */
  public KeyState shown(Instant now, Instant expiresAt, Instant coolingUntil) {
    var state = at(now, expiresAt);
    return state == ACTIVE && coolingUntil != null && now.isBefore(coolingUntil) ? COOLING : state;
  }

  /** Lower case, as stored and shown. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static KeyState ofSlug(String slug) {
    return valueOf(slug.toUpperCase(Locale.ROOT));
  }
}
