package io.commandcenter.akm.provider;

import io.commandcenter.akm.contract.RouterCalls.Message;
import java.util.List;

/** The neutral request a protocol translates: a chat, or texts to embed. */
public sealed interface ProviderRequest {
  String model();

  /**
   * @param maxOutputTokens always sent, so that the hold is an upper bound
   * @param temperature null to leave it to the provider
   */
  record Chat(
      String model,
      List<Message> messages,
      int maxOutputTokens,
      Double temperature,
      List<String> stop)
      implements ProviderRequest {
    public Chat {
      messages = List.copyOf(messages);
      stop = List.copyOf(stop);
    }
  }

  record Embed(String model, List<String> input) implements ProviderRequest {
    public Embed {
      input = List.copyOf(input);
    }
  }
}
