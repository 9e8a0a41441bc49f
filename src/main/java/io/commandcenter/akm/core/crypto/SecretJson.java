package io.commandcenter.akm.core.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A secret as the last member of a JSON object, from bytes to bytes: it never is a String, which
 * nobody could wipe.
 */
public final class SecretJson {
  private static final String HEX = "\\u00";

  private SecretJson() {}

  /**
   * @param object a JSON object with at least one member
   * @return UTF-8; whoever wrote it out wipes it
   */
  public static byte[] with(String object, String member, Secret secret) {
    if (!object.startsWith("{") || !object.endsWith("}") || object.length() < 3) {
      throw new IllegalArgumentException("no JSON object with a member");
    }
    var start = object.substring(0, object.length() - 1) + ",\"" + member + "\":\"";
    return secret.use(bytes -> join(start.getBytes(StandardCharsets.UTF_8), bytes));
  }

  private static byte[] join(byte[] start, byte[] secret) {
    var escaped = new byte[secret.length * 6];
    try {
      var length = escape(secret, escaped);
      var json = Arrays.copyOf(start, start.length + length + 2);
      System.arraycopy(escaped, 0, json, start.length, length);
      json[json.length - 2] = '"';
      json[json.length - 1] = '}';
      return json;
    } finally {
      Arrays.fill(escaped, (byte) 0);
    }
  }

  /** RFC 8259, section 7: quote, backslash and control characters; the rest stands as it is. */
  private static int escape(byte[] secret, byte[] into) {
    int length = 0;
    for (byte b : secret) {
      if (b == '"' || b == '\\') {
        into[length++] = '\\';
        into[length++] = b;
      } else if (b >= 0 && b < ' ') {
        for (char c : (HEX + HexFormat.of().toHexDigits(b)).toCharArray()) {
          into[length++] = (byte) c;
        }
      } else {
        into[length++] = b;
      }
    }
    return length;
  }
}
