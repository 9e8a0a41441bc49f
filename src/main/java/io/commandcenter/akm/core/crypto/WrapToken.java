package io.commandcenter.akm.core.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The text of a wrap token, which stands for a lease of a key until it is unwrapped: {@code
 * akmw_<43 letters and digits>_<crc>}, made and checked like a {@link BearerToken}.
 */
public final class WrapToken {
  private static final String PREFIX = "akmw_";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{43}_[0-9a-f]{8}");

  private WrapToken() {}

  public static String mint(SecureRandom random) {
    return BearerToken.complete(PREFIX, random);
  }

  /** Whether it could be one: a typing error is told from a guess without a look-up. */
  public static boolean wellFormed(Secret token) {
    return token.use(WrapToken::wellFormed);
  }

  private static boolean wellFormed(byte[] token) {
    var text = new String(token, StandardCharsets.ISO_8859_1);
    return FORM.matcher(text).matches() && BearerToken.checksumFits(text);
  }
}
