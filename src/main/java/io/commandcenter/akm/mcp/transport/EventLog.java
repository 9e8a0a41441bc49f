package io.commandcenter.akm.mcp.transport;

import io.vertx.core.buffer.Buffer;
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

  private final int maxEvents;
  private final int maxBytes;
  private final Deque<Event> events = new ArrayDeque<>();
  private long last;
  private int bytes;

  EventLog(int maxEvents, int maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  /** The number that the next event will have. */
  long next() {
    return last + 1;
  }

  long last() {
    return last;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** Keeps the event, and at least it; the oldest give way. */
  void append(String frame) {
    var event = new Event(++last, Buffer.buffer(frame));
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
