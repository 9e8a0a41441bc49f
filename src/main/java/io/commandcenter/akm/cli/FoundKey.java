package io.commandcenter.akm.cli;

import io.commandcenter.akm.core.crypto.Secret;

/**
 * A key that was found in a person's file or environment.
 *
 * @param source where: a variable's or provider's name
 * @param provider whom it is for, or null
 * @param key null if there is none to take
 * @param reason why it cannot be taken, or null
 */
record FoundKey(String source, String provider, Secret key, String reason) {
  static FoundKey of(String source, String provider, Secret key) {
    return new FoundKey(source, provider, key, null);
  }

  static FoundKey unfit(String source, Secret key, String reason) {
    return new FoundKey(source, null, key, reason);
  }
}
