package io.commandcenter.akm.mcp.transport.session;

import java.util.ArrayDeque;
import java.util.Deque;
import reactor.core.publisher.MonoSink;

/** Those who wait until the connection has taken their event: the back-pressure of a stream. */
final class Senders {
  private record Waiting(long event, MonoSink<Void> sink) {}

  private final Deque<Waiting> waiting = new ArrayDeque<>();

  void add(long event, MonoSink<Void> sink) {
    waiting.add(new Waiting(event, sink));
  }

  /** Lets go everyone up to this event. */
  void taken(long event) {
    while (!waiting.isEmpty() && waiting.peek().event <= event) {
      waiting.poll().sink.success();
    }
  }
}
