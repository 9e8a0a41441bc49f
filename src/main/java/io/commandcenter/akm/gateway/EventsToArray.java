package io.commandcenter.akm.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;

/** Whole events of a passing stream as the elements of one JSON array, as Google sends them too. */
final class EventsToArray {
  private static final String DATA = "data:";

  private final RecordParser lines = RecordParser.newDelimited("\n");
  private Buffer out = Buffer.buffer();
  private boolean begun;

  EventsToArray() {
    lines.handler(this::line);
  }

  private void line(Buffer line) {
    var text = line.toString().trim();
    if (text.startsWith(DATA)) {
      element(text.substring(DATA.length()).trim());
    }
  }

  private void element(String json) {
    out.appendString(begun ? ",\r\n" : "[").appendString(json);
    begun = true;
  }

  Buffer take(Buffer events) {
    lines.handle(events);
    var written = out;
    out = Buffer.buffer();
    return written.length() == 0 ? null : written;
  }

  Buffer end() {
    return Buffer.buffer(begun ? "]" : "[]");
  }

  /** An array that stays open: what reads it sees that it is not whole. */
  Buffer broken() {
    return Buffer.buffer();
  }
}
