package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyShape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A key as it was entered: made fit for a header, and masked. */
final class KeyText {
  static final int MAX_BYTES = 4096;

  private KeyText() {}

  /** A copy without the blanks around it; refuses what could not stand in a header. */
  static Secret checked(Secret entered) {
    if (entered == null) {
      throw Failure.badRequest("the key is missing; enter it");
    }
    return entered.use(KeyText::trimmed);
  }

  private static Secret trimmed(byte[] bytes) {
    var from = 0;
    var to = bytes.length;
    while (from < to && isBlank(bytes[from])) {
      from++;
    }
    while (to > from && isBlank(bytes[to - 1])) {
      to--;
    }
    var key = Arrays.copyOfRange(bytes, from, to);
    try {
      refuseUnfit(key);
      return Secret.of(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static void refuseUnfit(byte[] key) {
    if (key.length == 0) {
      throw Failure.badRequest("the key is empty; enter it");
    }
    if (key.length > MAX_BYTES) {
      throw new Failure(Code.TOO_LARGE, "the key has more than " + MAX_BYTES + " characters");
    }
    for (var character : key) {
      // A line break here would be a header of the caller's own.
      if (character < 0x21 || character > 0x7e) {
        throw Failure.badRequest(
            "the key contains a blank, a line break or a character outside ASCII; paste it alone");
      }
    }
    if (KeyShape.of(text(key)).filter(KeyShape::isOurs).isPresent()) {
      throw Failure.badRequest("this is an access token of akm; enter the provider's key");
    }
  }

  /** The wire protocol that a key of this form is for; empty if the form says nothing about it. */
  static Optional<String> protocol(Secret key) {
    return key.use(bytes -> KeyShape.of(text(bytes)).flatMap(KeyShape::protocol));
  }

  static String masked(Secret key) {
    return key.use(bytes -> KeyShape.mask(text(bytes)));
  }

  private static boolean isBlank(byte character) {
    return character >= 0 && character <= ' ';
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.US_ASCII);
  }
}
