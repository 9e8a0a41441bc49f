package io.commandcenter.akm.provider;

import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.EmbedRequest;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.core.chat.Turn;
import java.util.List;
import java.util.Locale;

/** The neutral request a protocol translates: a chat, or texts to embed. */
public sealed interface ProviderRequest {
  String model();

  /**
   * @param maxOutputTokens always sent, so that the hold is an upper bound
   * @param stream whether the answer is to be streamed
   */
  record Chat(String model, ChatRequest request, int maxOutputTokens, boolean stream)
      implements ProviderRequest {
    /** Texts only, not streamed. */
    public Chat(
        String model,
        List<Message> messages,
        int maxOutputTokens,
        Double temperature,
        List<String> stop) {
      this(
          model,
          ChatRequest.of(messages.stream().map(Chat::turn).toList())
              .with(Sampling.ofTemperature(temperature), stop),
          maxOutputTokens,
          false);
    }

    private static Turn turn(Message message) {
      return Turn.of(Turn.Role.valueOf(message.role().toUpperCase(Locale.ROOT)), message.content());
    }
  }

  record Embed(String model, EmbedRequest request) implements ProviderRequest {
    public Embed(String model, List<String> input) {
      this(model, new EmbedRequest(input, null));
    }

    public List<String> input() {
      return request.input();
    }
  }
}
