package io.commandcenter.akm.provider.wire;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * The data of server-sent events. Names of events are passed over: whoever sets them says the same
 * in the JSON.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, 9.2.6</a>
 */
public final class ServerSentEvents implements Framing {
  private static final String DATA = "data:";

  private final Lines lines = new Lines();
  private final StringBuilder data = new StringBuilder();
  private boolean any;

  @Override
  public boolean take(Buffer bytes, Consumer<Buffer> messages, Runnable signsOfLife) {
    return lines.take(bytes, line -> line(line, messages, signsOfLife))
        && data.length() <= Lines.MOST_BYTES;
  }

  private void line(String line, Consumer<Buffer> messages, Runnable signsOfLife) {
    if (line.isEmpty()) {
      give(messages);
    } else if (line.startsWith(":")) {
      signsOfLife.run();
    } else if (line.startsWith(DATA) && data.length() <= Lines.MOST_BYTES) {
      int from = line.startsWith(" ", DATA.length()) ? DATA.length() + 1 : DATA.length();
      data.append(any ? "\n" : "").append(line, from, line.length());
      any = true;
    }
  }

  private void give(Consumer<Buffer> messages) {
    if (any) {
      var text = data.toString();
      data.setLength(0);
      any = false;
      messages.accept(Buffer.buffer(text));
    }
  }

  /** Some servers leave out the blank line after their last event. */
  @Override
  public void end(Consumer<Buffer> messages) {
    line(lines.end(), messages, () -> {});
    give(messages);
  }
}
