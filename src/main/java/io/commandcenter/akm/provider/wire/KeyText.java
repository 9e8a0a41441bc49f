package io.commandcenter.akm.provider.wire;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import java.nio.charset.StandardCharsets;

/** A key as the text of a header. */
public final class KeyText {
  private KeyText() {}

  public static String of(Secret key) {
    return key.use(KeyText::checked);
  }

  private static String checked(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        // A lease wiped between its taking and its use; to send zeros would get a good key
        // disabled.
        throw new Failure(Code.UNAVAILABLE, "The key was withdrawn meanwhile; ask again.");
      }
      if (b <= ' ' || b >= 0x7f) {
        // A line break would let the key write headers of its own.
        throw Failure.badRequest("The stored key holds characters no key has; rotate it.");
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
