package io.commandcenter.akm.core.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the events of a stream together to the whole answer. */
public final class AnswerBuilder {
  private static final class Call {
    final String id;
    final String name;
    final String signature;
    final StringBuilder arguments = new StringBuilder();

    Call(ChatEvent.CallBegan began) {
      id = began.id();
      name = began.name();
      signature = began.signature();
    }
  }

  private final List<Part> parts = new ArrayList<>();
  private final Map<Integer, Call> calls = new TreeMap<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private String thinkingOrigin;
  private String id;
  private String model;
  private ChatEvent.Ended ended;

  /** Takes the next event. */
  public AnswerBuilder add(ChatEvent event) {
    if (event instanceof ChatEvent.Text fragment) {
      endThinking(null, null);
      text.append(fragment.text());
    } else if (event instanceof ChatEvent.Thinking fragment) {
      think(fragment);
    } else if (event instanceof ChatEvent.Refusal fragment) {
      refusal.append(fragment.text());
    } else if (event instanceof ChatEvent.CallBegan began) {
      calls.put(began.index(), new Call(began));
    } else if (event instanceof ChatEvent.CallArguments fragment) {
      calls.get(fragment.index()).arguments.append(fragment.json());
    } else if (event instanceof ChatEvent.Began began) {
      id = began.id();
      model = began.model();
    } else if (event instanceof ChatEvent.Ended end) {
      ended = end;
    }
    return this;
  }

  private void think(ChatEvent.Thinking fragment) {
    endText();
    thinkingOrigin = fragment.origin();
    thinking.append(fragment.text());
    if (fragment.signature() != null || fragment.redacted() != null) {
      endThinking(fragment.signature(), fragment.redacted());
    }
  }

  private void endText() {
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text.toString()));
      text.setLength(0);
    }
  }

  private void endThinking(String signature, String redacted) {
    if (!thinking.isEmpty() || signature != null || redacted != null) {
      parts.add(new Part.Thinking(thinking.toString(), signature, redacted, thinkingOrigin));
      thinking.setLength(0);
    }
  }

  /**
   * The answer so far.
   *
   * @throws IllegalStateException before {@link ChatEvent.Ended}
   */
  public ChatAnswer build() {
    if (ended == null) {
      throw new IllegalStateException("the answer has not ended");
    }
    endThinking(null, null);
    endText();
    if (!refusal.isEmpty()) {
      parts.add(new Part.Refusal(refusal.toString()));
    }
    calls
        .values()
        .forEach(
            call ->
                parts.add(
                    new Part.ToolCall(
                        call.id,
                        call.name,
                        call.arguments.isEmpty() ? "{}" : call.arguments.toString(),
                        call.signature)));
    return new ChatAnswer(id, model, parts, ended.stop(), ended.stopText(), ended.usage());
  }
}
