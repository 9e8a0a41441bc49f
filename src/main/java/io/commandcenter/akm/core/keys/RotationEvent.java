package io.commandcenter.akm.core.keys;

import java.time.Instant;

/** What can happen to a rotation. */
public sealed interface RotationEvent {
  /**
   * The new secret came and is sealed.
   *
   * @param version its version
   * @param spare whether the old version could take over again
   */
  record Entered(int version, boolean spare) implements RotationEvent {}

  /**
   * The provider was asked about the new version.
   *
   * @param verdict valid, invalid, expired, no-credit, no-permission, rate-limited, network or
   *     unchecked
   * @param inUse whether the key is lent at all, so that a trial can show anything
   * @param keyEnds when the old version expires, or null
   */
  record Checked(String verdict, boolean inUse, Instant keyEnds) implements RotationEvent {}

  /** A request with this version was answered. */
  record Answered(int version) implements RotationEvent {}

  /**
   * The provider refused this version as a key.
   *
   * @param reason key-invalid or no-credit
   */
  record Refused(int version, String reason) implements RotationEvent {}

  /** Time has passed. */
  record Passed() implements RotationEvent {}

  /** A person wants the next stage now. */
  record Advanced() implements RotationEvent {}

  /**
   * A person, or what became of the key, ends it.
   *
   * @param reason a plain word
   */
  record Cancelled(String reason) implements RotationEvent {}
}
