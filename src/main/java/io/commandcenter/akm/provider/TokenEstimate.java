package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.money.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Tokens where the provider names none: three bytes a token, which is dear for English, about right
 * for Chinese, and marked as an estimate.
 */
public final class TokenEstimate {
  private TokenEstimate() {}

  public static TokenUsage of(ProviderRequest request, String answer) {
    Stream<String> sent =
        request instanceof ProviderRequest.Chat chat
            ? chat.messages().stream().map(message -> message.content())
            : ((ProviderRequest.Embed) request).input().stream();
    return new TokenUsage(
        sent.mapToLong(TokenEstimate::tokens).sum(), 0, 0, 0, tokens(answer), 0, true);
  }

  private static long tokens(String text) {
    return text == null ? 0 : (text.getBytes(StandardCharsets.UTF_8).length + 2) / 3;
  }
}
