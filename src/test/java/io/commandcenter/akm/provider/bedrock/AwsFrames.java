package io.commandcenter.akm.provider.bedrock;

import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32;

/** Writes Amazon's event streams, for tests. */
public final class AwsFrames {
  private AwsFrames() {}

  public static Buffer event(String type, String payload) {
    return message(":event-type", type, payload);
  }

  public static Buffer exception(String type, String payload) {
    return message(":exception-type", type, payload);
  }

  private static Buffer message(String header, String type, String payload) {
    var headers = Buffer.buffer();
    header(headers, ":message-type", header.equals(":event-type") ? "event" : "exception");
    header(headers, header, type);
    header(headers, ":content-type", "application/json");
    var body = Buffer.buffer(payload);
    var message =
        Buffer.buffer()
            .appendUnsignedInt(16L + headers.length() + body.length())
            .appendUnsignedInt(headers.length());
    message.appendUnsignedInt(checksum(message)).appendBuffer(headers).appendBuffer(body);
    return message.appendUnsignedInt(checksum(message));
  }

  private static void header(Buffer headers, String name, String value) {
    headers
        .appendUnsignedByte((short) name.length())
        .appendString(name)
        .appendByte((byte) 7)
        .appendUnsignedShort(value.length())
        .appendString(value);
  }

  static long checksum(Buffer bytes) {
    var crc = new CRC32();
    crc.update(bytes.getBytes());
    return crc.getValue();
  }
}
