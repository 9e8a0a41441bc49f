package io.commandcenter.akm.provider;

import io.commandcenter.akm.contract.RouterCalls.Message;
import java.util.List;

/** Neutral requests for tests. */
final class Requests {
  private Requests() {}

  static ProviderRequest.Chat chat(String model, String prompt) {
    return new ProviderRequest.Chat(
        model, List.of(new Message("user", prompt)), 100, null, List.of());
  }

  static ProviderRequest.Chat full(String model) {
    return new ProviderRequest.Chat(
        model,
        List.of(
            new Message("system", "Be brief."),
            new Message("user", "one"),
            new Message("user", "two"),
            new Message("assistant", "three"),
            new Message("system", "Be kind."),
            new Message("user", "four")),
        77,
        1.5,
        List.of("END"));
  }
}
