package io.commandcenter.akm.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Arrays;

/** Provider keys as they arrive: trimmed, bounded, straight into a {@link Secret}. */
public final class Secrets {
  private static final int MIN = 8;
  private static final int MAX = 4096;

  private Secrets() {}

  /** The parser's current string. */
  static Secret of(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw refusal(field);
    }
    var chars = parser.getTextCharacters();
    var offset = parser.getTextOffset();
    var bytes = new byte[parser.getTextLength()];
    for (int i = 0; i < bytes.length; i++) {
      // Beyond ASCII becomes 0, which no key may hold.
      bytes[i] = chars[offset + i] < 128 ? (byte) chars[offset + i] : 0;
    }
    return trimmed(bytes, bytes.length, field);
  }

  /**
   * The value of one field of an {@code application/x-www-form-urlencoded} body; BAD_REQUEST if it
   * is absent, given twice or no key.
   */
  public static Secret ofForm(Buffer form, String field) {
    var bytes = form.getBytes();
    try {
      var start = FormField.start(bytes, field);
      var value = new byte[bytes.length];
      var length = FormField.decode(bytes, start, value);
      return trimmed(value, length, field);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static Secret trimmed(byte[] bytes, int length, String field) {
    try {
      int from = 0;
      int to = length;
      while (from < to && isSpace(bytes[from])) {
        from++;
      }
      while (to > from && isSpace(bytes[to - 1])) {
        to--;
      }
      return bounded(Arrays.copyOfRange(bytes, from, to), field);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static Secret bounded(byte[] key, String field) {
    try {
      if (key.length < MIN || key.length > MAX) {
        throw refusal(field);
      }
      for (byte b : key) {
        if (b <= ' ' || b > '~') {
          throw refusal(field);
        }
      }
      return Secret.of(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private static Failure refusal(String field) {
    return Failure.badRequest(
        "`" + field + "` must be " + MIN + " to " + MAX + " printable characters without spaces");
  }
}
