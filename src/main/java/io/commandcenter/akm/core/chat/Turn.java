package io.commandcenter.akm.core.chat;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One turn of a conversation. Results of tools are parts of a user's turn, first in it; calls of
 * tools and thinking are parts of an assistant's.
 */
public record Turn(Role role, List<Part> parts) {
  public Turn {
    parts = List.copyOf(parts);
  }

  /** Who speaks. OpenAI's {@code developer} is SYSTEM. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }

  public static Turn of(Role role, String text) {
    return new Turn(role, List.of(new Part.Text(text)));
  }

  /** The text parts, joined by line breaks. */
  public String text() {
    return parts.stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .collect(Collectors.joining("\n"));
  }
}
