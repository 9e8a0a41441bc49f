package io.commandcenter.akm.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.regex.Pattern;

/**
 * A provider of OpenAI chat that costs next to nothing: bytes on a bare socket, every answer made
 * beforehand. A request whose text has {@code chunks=N gap=M} is answered by a stream of N events,
 * M milliseconds apart (0: one a turn of the event loop), any other by about 600 bytes with a
 * usage. Whoever does not send the real key is refused, so a proxy that does not put it in is found
 * out.
 *
 * <p>Argument: the port.
 */
public final class MockUpstream {
  static final String KEY = "sk-upstream-key-0123456789";

  private static final int LONGEST_STREAM = 1000;
  private static final Pattern STREAM = Pattern.compile("chunks=(\\d{1,4}) gap=(\\d{1,4})");
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":120,\"completion_tokens\":80,\"total_tokens\":200}";
  private static final String NAMED =
      "\"id\":\"chatcmpl-bench\",\"created\":1764000000,\"model\":\"gpt-4o-mini\",\"object\":\"chat.completion";
  private static final Buffer ANSWER = plain("200 OK", answer());
  private static final Buffer REFUSAL =
      plain("401 Unauthorized", "{\"error\":{\"message\":\"wrong key\",\"type\":\"auth\"}}");
  private static final Buffer STREAM_HEAD =
      Buffer.buffer(
          "HTTP/1.1 200 OK\r\n"
              + "Content-Type: text/event-stream\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
  private static final Buffer STREAM_END =
      chunk("{" + NAMED + ".chunk\",\"choices\":[]," + USAGE + "}")
          .appendBuffer(chunk("[DONE]"))
          .appendString("0\r\n\r\n");
  private static final Buffer[] EVENTS = new Buffer[LONGEST_STREAM];

  static {
    for (int i = 0; i < LONGEST_STREAM; i++) {
      EVENTS[i] =
          chunk(
              "{%s.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"#%d \"},\"finish_reason\":null}]}"
                  .formatted(NAMED, i));
    }
  }

  private final Vertx vertx;
  private final NetSocket socket;
  private Buffer held = Buffer.buffer();

  private MockUpstream(Vertx vertx, NetSocket socket) {
    this.vertx = vertx;
    this.socket = socket;
  }

  public static void main(String[] arguments) {
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    vertx
        .createNetServer(new NetServerOptions().setAcceptBacklog(4096).setTcpNoDelay(true))
        .connectHandler(
            socket ->
                socket.exceptionHandler(e -> {}).handler(new MockUpstream(vertx, socket)::read))
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
        .await();
  }

  /** One request at a time, as every HTTP/1.1 client without pipelining sends them. */
  private void read(Buffer bytes) {
    held = held.length() == 0 ? bytes : held.appendBuffer(bytes);
    var text = held.toString("ISO-8859-1");
    int headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0 || held.length() < headEnd + 4 + length(text.substring(0, headEnd))) {
      return;
    }
    held = Buffer.buffer();
    if (text.indexOf(KEY) < 0) {
      socket.write(REFUSAL);
      return;
    }
    int asked = text.indexOf("chunks=", headEnd);
    var stream = STREAM.matcher(text);
    if (asked >= 0 && stream.find(asked)) {
      socket.write(STREAM_HEAD);
      stream(0, Math.min(number(stream.group(1)), LONGEST_STREAM), number(stream.group(2)));
    } else {
      socket.write(ANSWER);
    }
  }

  private void stream(int next, int count, int gap) {
    if (gap > 0) {
      int[] at = {next};
      vertx.setPeriodic(
          gap,
          timer -> {
            if (!event(at[0]++, count)) {
              vertx.cancelTimer(timer);
            }
          });
    } else if (event(next, count)) {
      vertx.runOnContext(v -> stream(next + 1, count, gap));
    }
  }

  /** False after the last one. */
  private boolean event(int at, int count) {
    socket.write(at < count ? EVENTS[at] : STREAM_END);
    return at < count;
  }

  private static int length(String head) {
    int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
    int end = head.indexOf('\r', at);
    return at < 0 ? 0 : number(head.substring(at + 15, end < 0 ? head.length() : end).trim());
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static String answer() {
    return "{%s\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finish_reason\":\"stop\"}],%s}"
        .formatted(NAMED, "The sky is blue. ".repeat(20).strip(), USAGE);
  }

  private static Buffer plain(String status, String json) {
    return Buffer.buffer(
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, json.length(), json));
  }

  private static Buffer chunk(String data) {
    var event = "data: " + data + "\n\n";
    return Buffer.buffer(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
  }
}
