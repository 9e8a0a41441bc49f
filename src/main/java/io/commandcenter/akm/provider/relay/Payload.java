package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.provider.wire.Fields;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** The JSON of one event, read without trust. */
final class Payload {
  private Payload() {}

  static Fields of(byte[] bytes, int from, int to) {
    return Fields.parse(Buffer.buffer(Arrays.copyOfRange(bytes, from, to)));
  }
}
