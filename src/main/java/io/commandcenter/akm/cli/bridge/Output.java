package io.commandcenter.akm.cli.bridge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Standard output, a message a line, in order, on a thread that may wait for the client. */
final class Output {
  private final WorkerExecutor writer;
  private final OutputStream out;

  Output(Vertx vertx, OutputStream out) {
    // A client may take nothing for hours: that is no blocked thread to warn of.
    writer = vertx.createSharedWorkerExecutor("akm-mcp-stdout", 1, 365, TimeUnit.DAYS);
    this.out = out;
  }

  /**
   * Done when the line is written, which may be long after: whoever has more to say waits for it.
   *
   * @param json one JSON document; line breaks between its tokens become spaces
   */
  Future<Void> write(String json) {
    var line = (json.replace('\n', ' ').replace('\r', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
    return writer.executeBlocking(() -> writeNow(line));
  }

  /** Done when everything before is written; fails if the client does not take it for seconds. */
  Future<Void> flushed() {
    return writer.executeBlocking(() -> (Void) null).timeout(5, TimeUnit.SECONDS);
  }

  private Void writeNow(byte[] line) throws IOException {
    out.write(line);
    out.flush();
    return null;
  }
}
