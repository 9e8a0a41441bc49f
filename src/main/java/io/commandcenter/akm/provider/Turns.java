package io.commandcenter.akm.provider;

import io.commandcenter.akm.contract.RouterCalls.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A conversation for the providers that take the system text apart from it.
 *
 * @param system all system messages, or none
 * @param messages the others, never empty
 */
public record Turns(Optional<String> system, List<Message> messages) {

  public static Turns of(List<Message> all) {
    var system =
        all.stream()
            .filter(message -> message.role().equals("system"))
            .map(Message::content)
            .collect(Collectors.joining("\n\n"));
    var others = all.stream().filter(message -> !message.role().equals("system")).toList();
    if (others.isEmpty()) {
      // These providers refuse a conversation without a user's turn.
      return new Turns(Optional.empty(), List.of(new Message("user", system)));
    }
    return new Turns(system.isEmpty() ? Optional.empty() : Optional.of(system), others);
  }
}
