package io.commandcenter.akm.provider.wire;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** One JSON text a line (NDJSON). */
public final class JsonLines implements Framing {
  private final Lines lines = new Lines();

  @Override
  public boolean take(Buffer bytes, Consumer<Buffer> messages, Runnable signsOfLife) {
    return lines.take(bytes, line -> give(line, messages));
  }

  private static void give(String line, Consumer<Buffer> messages) {
    if (!line.isBlank()) {
      messages.accept(Buffer.buffer(line));
    }
  }

  @Override
  public void end(Consumer<Buffer> messages) {
    give(lines.end(), messages);
  }
}
