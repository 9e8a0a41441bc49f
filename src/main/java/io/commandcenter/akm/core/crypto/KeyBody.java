package io.commandcenter.akm.core.crypto;

import io.commandcenter.akm.core.keys.KeyShape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bodies with which a key goes to the service, as bytes: written here, so that whoever sends
 * one need not open the secret.
 */
public final class KeyBody {
  private static final int MIN = 8;
  private static final int MAX = 4096;

  private KeyBody() {}

  /** {@code {"provider":…,"label":…,"key":…}}; the caller wipes it. */
  public static byte[] toAdd(String provider, String label, Secret key) {
    return key.use(
        plain ->
            body(
                "{\"provider\":\"" + escaped(provider) + "\",\"label\":\"" + escaped(label) + "\",",
                plain));
  }

  /** {@code {"key":…}}; the caller wipes it. */
  public static byte[] toRotate(Secret key) {
    return key.use(plain -> body("{", plain));
  }

  /** Whether it could be a key at all: 8 to 4096 printable characters without blanks. */
  public static boolean fits(Secret key) {
    return key.use(
        plain -> {
          if (plain.length < MIN || plain.length > MAX) {
            return false;
          }
          for (var character : plain) {
            if (character <= ' ' || character > '~') {
              return false;
            }
          }
          return true;
        });
  }

  /** What may be shown of it; see {@link KeyShape#mask}. */
  public static String masked(Secret key) {
    return key.use(plain -> KeyShape.mask(new String(plain, StandardCharsets.UTF_8)));
  }

  /** Whether it has the form of a known provider's key. */
  public static boolean looksLikeKey(Secret key) {
    return key.use(plain -> KeyShape.looksLikeKey(new String(plain, StandardCharsets.UTF_8)));
  }

  private static byte[] body(String before, byte[] key) {
    var start = before.getBytes(StandardCharsets.UTF_8);
    // Each character of the key takes two bytes at most: the array never grows and leaves no copy.
    var out = new Wiped(start.length + 2 * key.length + 16);
    out.writeBytes(start);
    out.writeBytes("\"key\":\"".getBytes(StandardCharsets.US_ASCII));
    for (var character : key) {
      if (character == '"' || character == '\\') {
        out.write('\\');
      }
      out.write(character);
    }
    out.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
    return out.take();
  }

  private static String escaped(String name) {
    return name.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** Gives its bytes once and overwrites its own. */
  private static final class Wiped extends ByteArrayOutputStream {
    Wiped(int size) {
      super(size);
    }

    byte[] take() {
      var taken = Arrays.copyOf(buf, count);
      Arrays.fill(buf, (byte) 0);
      return taken;
    }
  }
}
