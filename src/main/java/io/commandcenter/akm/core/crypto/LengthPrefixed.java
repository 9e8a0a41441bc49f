package io.commandcenter.akm.core.crypto;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fields behind their four-byte lengths: no delimiter that a field could contain. */
public final class LengthPrefixed {
  private LengthPrefixed() {}

  public static byte[] join(byte[]... fields) {
    var size = 0;
    for (var field : fields) {
      size += Integer.BYTES + field.length;
    }
    var joined = ByteBuffer.allocate(size);
    for (var field : fields) {
      joined.putInt(field.length).put(field);
    }
    return joined.array();
  }

  /** Exactly {@code count} fields and nothing after them, or empty. */
  static Optional<List<byte[]>> split(byte[] joined, int count) {
    var rest = ByteBuffer.wrap(joined);
    List<byte[]> fields = new ArrayList<>(count);
    try {
      for (var i = 0; i < count; i++) {
        var length = rest.getInt();
        if (length < 0 || length > rest.remaining()) {
          return Optional.empty();
        }
        var field = new byte[length];
        rest.get(field);
        fields.add(field);
      }
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
    return rest.hasRemaining() ? Optional.empty() : Optional.of(fields);
  }
}
