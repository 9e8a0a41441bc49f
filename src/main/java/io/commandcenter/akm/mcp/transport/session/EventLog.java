package io.commandcenter.akm.mcp.transport.session;

import io.commandcenter.akm.mcp.transport.Carrier;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.LongSupplier;

/** The latest events of one stream, numbered from 1, bounded in count and bytes. */
final class EventLog implements Iterable<EventLog.Event> {
  /**
   * @param number counts up by one
   * @param frame as it goes over the wire
   * @param at when it came, of the clock that only moves forward
   */
  record Event(long number, Buffer frame, long at) {}

  private final String stream;
  private final int maxEvents;
  private final int maxBytes;
  private final LongSupplier nanoTime;
  private final Deque<Event> events = new ArrayDeque<>();
  private long last;
  private int bytes;

  EventLog(String stream, int maxEvents, int maxBytes, LongSupplier nanoTime) {
    this.stream = stream;
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    this.nanoTime = nanoTime;
  }

  long last() {
    return last;
  }

  /** An event without a message: something to resume from. */
  void prime(Duration retry) {
    append("retry: " + retry.toMillis() + "\ndata: \n\n");
  }

  void message(String json) {
    append(Carrier.event(json));
  }

  /** Keeps the event, and at least it; the oldest give way. */
  private void append(String content) {
    last++;
    var frame = Buffer.buffer("id: " + stream + "_" + last + "\n" + content);
    var event = new Event(last, frame, nanoTime.getAsLong());
    events.addLast(event);
    bytes += event.frame.length();
    while (events.size() > 1 && (events.size() > maxEvents || bytes > maxBytes)) {
      bytes -= events.removeFirst().frame.length();
    }
  }

  /**
   * Drops what was handed to a connection so long ago that nobody could come back for it.
   *
   * @param handedOver the number of the last such event
   */
  void forget(Duration age, long handedOver) {
    long now = nanoTime.getAsLong();
    for (var first = events.peek();
        first != null && first.number <= handedOver && now - first.at > age.toNanos();
        first = events.peek()) {
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
