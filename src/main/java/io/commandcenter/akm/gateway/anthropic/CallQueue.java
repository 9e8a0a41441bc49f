package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.core.chat.ChatEvent;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The calls of one stream. Some providers write several at a time; this dialect has one open block,
 * so the later ones wait until the first is complete, which is when something else begins.
 */
final class CallQueue {
  /** A call that has not been written, as far as it has come. */
  record Waiting(ChatEvent.CallBegan began, StringBuilder arguments) {}

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int current = -1;
  private boolean begun;

  void begin(ChatEvent.CallBegan call) {
    begun = true;
    current = call.index();
  }

  boolean hasBegun() {
    return begun;
  }

  boolean isCurrent(int index) {
    return index == current;
  }

  void add(ChatEvent.CallBegan call) {
    waiting.add(new Waiting(call, new StringBuilder()));
  }

  void add(ChatEvent.CallArguments fragment) {
    waiting.stream()
        .filter(call -> call.began().index() == fragment.index())
        .forEach(call -> call.arguments().append(fragment.json()));
  }

  /** The next one that waits, to be written whole; null if there is none. */
  Waiting next() {
    current = -1;
    return waiting.poll();
  }
}
