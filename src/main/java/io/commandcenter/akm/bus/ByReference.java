package io.commandcenter.akm.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Hands a record over inside this process; encoding it for the wire throws, so a Secret cannot
 * leave the node.
 */
final class ByReference implements MessageCodec<Record, Record> {
  static final String CODEC_NAME = "akm-by-reference";

  private ByReference() {}

  static MessageCodec<Record, Record> codec() {
    return new ByReference();
  }

  /** Registers the codec once for this Vert.x. */
  static void register(EventBus events) {
    try {
      events.registerCodec(codec());
    } catch (IllegalStateException alreadyRegistered) {
      // Vert.x has no way to ask; a second Bus on the same Vert.x shares the first one's codec.
      return;
    }
  }

  @Override
  public void encodeToWire(Buffer buffer, Record record) {
    throw new IllegalStateException("a node call must not leave this process");
  }

  @Override
  public Record decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException("a node call must not come from another process");
  }

  @Override
  public Record transform(Record record) {
    return record;
  }

  @Override
  public String name() {
    return CODEC_NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
