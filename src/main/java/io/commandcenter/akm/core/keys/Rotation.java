package io.commandcenter.akm.core.keys;

import java.time.Duration;
import java.time.Instant;

/**
 * What a rotation makes of a key.
 *
 * <p>The new secret has no known end, so the old date of expiry goes.
 *
 * @param keyState of the key with its new version
 * @param version of the new secret
 * @param drainsAt when the old version's ciphertext is erased
 */
public record Rotation(KeyState keyState, int version, Instant drainsAt) {

  /**
   * @param key the key's state
   * @param current the state of its current version: DISABLED if a provider refused that version
   */
  public static Rotation of(
      KeyState key, KeyState current, int version, Instant now, Duration grace) {
    var refused = current == KeyState.DISABLED;
    // A new secret cures a refusal; it does not undo what a person has switched off.
    var next = key == KeyState.DISABLED && !refused ? KeyState.DISABLED : KeyState.ACTIVE;
    return new Rotation(next, version + 1, refused ? now : now.plus(grace));
  }
}
