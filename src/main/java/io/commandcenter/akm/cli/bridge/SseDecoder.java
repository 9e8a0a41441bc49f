package io.commandcenter.akm.cli.bridge;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Server-sent events out of the pieces of an answer, as the HTML standard reads them.
 *
 * <p>Where the stream stands, so that a broken one can go on, is in the {@link Cursor}.
 */
final class SseDecoder {
  private final int max;
  private final Cursor cursor;
  private Buffer rest = Buffer.buffer();
  private final StringBuilder data = new StringBuilder();
  private String id;
  private boolean afterReturn;

  /** Survives the connection. */
  static final class Cursor {
    /** How long the server wants a client to wait; at most a minute of it is waited. */
    long retryMs = 1000;

    /** Null until an event had one. */
    String lastEventId;
  }

  /**
   * @param max characters of an event or bytes of a line
   */
  SseDecoder(int max, Cursor cursor) {
    this.max = max;
    this.cursor = cursor;
  }

  /** The data of each event that the piece completes; IllegalStateException if one is too long. */
  List<String> feed(Buffer piece) {
    var events = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < piece.length(); i++) {
      byte b = piece.getByte(i);
      if (b == '\n' && afterReturn) {
        // The second half of a CRLF.
        start = i + 1;
      } else if (b == '\n' || b == '\r') {
        rest.appendBuffer(piece, start, i - start);
        line(rest.toString(StandardCharsets.UTF_8), events);
        rest = Buffer.buffer();
        start = i + 1;
      }
      afterReturn = b == '\r';
    }
    rest.appendBuffer(piece, start, piece.length() - start);
    if (rest.length() > max || data.length() > max) {
      throw new IllegalStateException("an event of the service is longer than can be passed on");
    }
    return events;
  }

  private void line(String line, List<String> events) {
    if (line.isEmpty()) {
      dispatch(events);
      return;
    }
    int colon = line.indexOf(':');
    var field = colon < 0 ? line : line.substring(0, colon);
    var value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    switch (field) {
      case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
      case "id" -> id = value;
      case "retry" -> {
        if (value.matches("\\d{1,9}")) {
          cursor.retryMs = Math.min(Long.parseLong(value), 60_000);
        }
      }
      default -> {
        // A comment, which keeps the connection alive, or the event's name, which MCP has no use
        // for.
      }
    }
  }

  private void dispatch(List<String> events) {
    if (id != null) {
      cursor.lastEventId = id;
    }
    if (!data.toString().isBlank()) {
      events.add(data.toString());
    }
    data.setLength(0);
  }
}
