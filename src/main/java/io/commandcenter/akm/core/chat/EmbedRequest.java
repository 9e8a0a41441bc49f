package io.commandcenter.akm.core.chat;

import java.util.List;

/**
 * Texts to embed.
 *
 * @param dimensions of the vectors; null to leave it to the model
 */
public record EmbedRequest(List<String> input, Integer dimensions) {
  public EmbedRequest {
    input = List.copyOf(input);
  }
}
