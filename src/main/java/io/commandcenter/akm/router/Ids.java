package io.commandcenter.akm.router;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Names of requests and decisions: 128 random bits each, so that nodes never give the same. */
final class Ids {
  private Ids() {}

  static String next(String prefix, RandomGenerator random) {
    var hex = HexFormat.of();
    return prefix + "_" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }
}
