package io.commandcenter.akm.http.oauth;

import io.commandcenter.akm.core.crypto.Sha256;
import java.util.HexFormat;

/** An issuer's name for somebody as a principal's id: short, printable, and only theirs. */
final class Subject {
  private static final int MAX = 64;
  private static final int SHORTENED = 40;
  private static final int HASH_BYTES = 8;

  private Subject() {}

  /**
   * {@code oauth:} and the name; where something had to be left out or replaced, a part of its hash
   * keeps two names from becoming one.
   */
  static String id(String name) {
    var clean = name.replaceAll("[^A-Za-z0-9@._|+-]", "_");
    if (clean.equals(name) && name.length() <= MAX) {
      return "oauth:" + name;
    }
    var hash = HexFormat.of().formatHex(Sha256.of(name), 0, HASH_BYTES);
    return "oauth:" + clean.substring(0, Math.min(clean.length(), SHORTENED)) + ":" + hash;
  }
}
