package io.commandcenter.akm.core.chat;

import io.commandcenter.akm.core.money.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A whole answer.
 *
 * @param id as the provider names it; null if it does not
 * @param model as the provider names it; null if it does not
 * @param parts texts, tool calls, thinking and refusals, in order
 * @param stopText the stop text that ended it; null if none did or it is not said
 * @param usage null if the provider does not say it
 */
public record ChatAnswer(
    String id, String model, List<Part> parts, StopReason stop, String stopText, TokenUsage usage) {
  public ChatAnswer {
    parts = List.copyOf(parts);
  }

  /** All text, refusals included, as one. */
  public String text() {
    return parts.stream()
        .map(
            part ->
                part instanceof Part.Text text
                    ? text.text()
                    : part instanceof Part.Refusal refusal ? refusal.text() : "")
        .collect(Collectors.joining());
  }

  /** The same answer as the events of a stream that brings each part whole. */
  public List<ChatEvent> events() {
    var events = new ArrayList<ChatEvent>();
    events.add(new ChatEvent.Began(id, model));
    int calls = 0;
    for (var part : parts) {
      if (part instanceof Part.Text text) {
        events.add(new ChatEvent.Text(text.text()));
      } else if (part instanceof Part.Refusal refusal) {
        events.add(new ChatEvent.Refusal(refusal.text()));
      } else if (part instanceof Part.Thinking thinking) {
        events.add(
            new ChatEvent.Thinking(
                thinking.text(), thinking.signature(), thinking.redacted(), thinking.origin()));
      } else if (part instanceof Part.ToolCall call) {
        events.add(new ChatEvent.CallBegan(calls, call.id(), call.name(), call.signature()));
        events.add(new ChatEvent.CallArguments(calls, call.arguments()));
        calls++;
      }
    }
    events.add(new ChatEvent.Ended(stop, stopText, usage));
    return events;
  }
}
