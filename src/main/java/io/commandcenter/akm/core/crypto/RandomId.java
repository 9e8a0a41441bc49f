package io.commandcenter.akm.core.crypto;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids nobody can guess or collide: a prefix and 80 random bits in hex. */
public final class RandomId {
  private static final int BYTES = 10;

  private RandomId() {}

  /**
   * @param prefix for example {@code key_}
   */
  public static String of(String prefix, SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes);
  }
}
