package io.commandcenter.akm.core.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an access token: {@code akm_<scope>_<43 letters and digits>_<crc>}. The prefix lets
 * scanners find a leaked one; the checksum tells a typing error from a guess without a look-up.
 */
public final class BearerToken {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  // 43 of 62 characters are just above 256 bits.
  private static final int LENGTH = 43;
  private static final Pattern FORM =
      Pattern.compile("akm_(?:admin|operator|client|read-only)_[0-9A-Za-z]{43}_[0-9a-f]{8}");

  private BearerToken() {}

  public static String mint(String scope, SecureRandom random) {
    return complete("akm_" + scope + "_", random);
  }

  public static boolean wellFormed(String token) {
    return FORM.matcher(token).matches() && checksumFits(token);
  }

  /** The prefix with 256 random bits and the checksum of both. */
  static String complete(String prefix, SecureRandom random) {
    var text = new StringBuilder(prefix);
    for (var i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text + "_" + checksum(text.toString());
  }

  /** Of a text that ends in {@code _<crc>}. */
  static boolean checksumFits(String token) {
    var end = token.lastIndexOf('_');
    return checksum(token.substring(0, end)).equals(token.substring(end + 1));
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return String.format("%08x", crc.getValue());
  }
}
