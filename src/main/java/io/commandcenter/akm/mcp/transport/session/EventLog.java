package io.commandcenter.akm.mcp.transport.session;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The latest events of one stream, numbered from 1, bounded in count and bytes. */
final class EventLog implements Iterable<EventLog.Event> {
  /**
   * @param number counts up by one
   * @param frame as it goes over the wire
   */
  record Event(long number, Buffer frame) {}

  private final String stream;
  private final int maxEvents;
  private final int maxBytes;
  private final Deque<Event> events = new ArrayDeque<>();
  private long last;
  private int bytes;

  EventLog(String stream, int maxEvents, int maxBytes) {
    this.stream = stream;
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  long last() {
    return last;
  }

  /** An event without a message: something to resume from. */
  void prime(Duration retry) {
    append("retry: " + retry.toMillis() + "\ndata: \n\n");
  }

  void message(String json) {
    append("event: message\ndata: " + json + "\n\n");
  }

  /** Keeps the event, and at least it; the oldest give way. */
  private void append(String content) {
    last++;
    var event = new Event(last, Buffer.buffer("id: " + stream + "_" + last + "\n" + content));
    events.addLast(event);
    bytes += event.frame.length();
    while (events.size() > 1 && (events.size() > maxEvents || bytes > maxBytes)) {
      bytes -= events.removeFirst().frame.length();
    }
  }

  void clear() {
    events.clear();
    bytes = 0;
  }

  @Override
  public Iterator<Event> iterator() {
    return events.iterator();
  }
}
