package io.commandcenter.akm.provider.bedrock;

import io.commandcenter.akm.provider.wire.Framing;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Amazon's binary event stream: length, length of the headers, checksum of both, headers, payload,
 * checksum of all. Each event becomes one JSON text, {@code {"<its type>": <its payload>}}.
 *
 * @see <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">Amazon event stream</a>
 */
final class AwsEventStream implements Framing {
  private static final int PRELUDE = 12;
  private static final int CHECKSUM = 4;
  private static final int MOST_BYTES = 1 << 20;
  private static final int STRING = 7;
  private static final Pattern TYPE = Pattern.compile("[A-Za-z]{1,64}");

  private Buffer held = Buffer.buffer();

  @Override
  public boolean take(Buffer bytes, Consumer<Buffer> messages, Runnable signsOfLife) {
    held.appendBuffer(bytes);
    int at = 0;
    while (held.length() - at >= PRELUDE) {
      long total = held.getUnsignedInt(at);
      long headers = held.getUnsignedInt(at + 4);
      if (total < PRELUDE + headers + CHECKSUM
          || total > MOST_BYTES
          || checksum(at, at + 8) != held.getUnsignedInt(at + 8)) {
        return false;
      }
      int end = at + (int) total;
      if (end > held.length()) {
        break;
      }
      if (checksum(at, end - CHECKSUM) != held.getUnsignedInt(end - CHECKSUM)) {
        return false;
      }
      int payload = at + PRELUDE + (int) headers;
      give(type(at + PRELUDE, payload), held.getBuffer(payload, end - CHECKSUM), messages);
      at = end;
    }
    if (at > 0) {
      held = held.getBuffer(at, held.length());
    }
    return true;
  }

  private long checksum(int from, int to) {
    var crc = new CRC32();
    crc.update(held.getBytes(from, to));
    return crc.getValue();
  }

  private static void give(String type, Buffer payload, Consumer<Buffer> messages) {
    if (type != null && TYPE.matcher(type).matches()) {
      messages.accept(Buffer.buffer("{\"" + type + "\":").appendBuffer(payload).appendString("}"));
    }
  }

  /** The type of the event or the exception; null if the headers do not say it. */
  private String type(int from, int to) {
    String type = null;
    int at = from;
    while (at < to) {
      int name = held.getUnsignedByte(at);
      if (at + 1 + name + 1 > to) {
        return type;
      }
      var header = held.getString(at + 1, at + 1 + name);
      int kind = held.getUnsignedByte(at + 1 + name);
      int value = at + 2 + name;
      int next = next(kind, value, to);
      if (next < 0 || next > to) {
        return type;
      }
      if (kind == STRING && (header.equals(":event-type") || header.equals(":exception-type"))) {
        type = held.getString(value + 2, next);
      }
      at = next;
    }
    return type;
  }

  /** Where the value ends; negative for a kind that does not exist. */
  private int next(int kind, int value, int to) {
    return switch (kind) {
      case 0, 1 -> value;
      case 2 -> value + 1;
      case 3 -> value + 2;
      case 4 -> value + 4;
      case 5, 8 -> value + 8;
      case 6, STRING -> value + 2 <= to ? value + 2 + held.getUnsignedShort(value) : -1;
      case 9 -> value + 16;
      default -> -1;
    };
  }

  @Override
  public void end(Consumer<Buffer> messages) {
    // A message that is not whole has no checksum, and is nothing.
  }
}
