package io.commandcenter.akm.usage;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Counts a text's tokens without asking a provider: by tokenizer for OpenAI's models, by characters
 * for the others. Takes seconds for the longest texts, so it never runs on an event loop.
 */
final class TokenCounter {
  // The library's own map takes gpt-4.1 for gpt-4 and does not know gpt-5 and later.
  private static final Pattern O200K =
      Pattern.compile("(chatgpt-)?gpt-(4o|4\\.[1-9]|[5-9]|oss).*|o[1-9].*");
  private static final Pattern CL100K =
      Pattern.compile("gpt-4.*|gpt-3\\.5.*|text-embedding-(3-.*|ada-002)");
  // From claude-*-4-7 on a newer tokenizer makes about 30 % more tokens of the same text.
  private static final Pattern OLDER_CLAUDE =
      Pattern.compile("claude-([123]|instant|(opus|sonnet|haiku)-4(?!-[7-9](-|$))).*");

  private final EncodingRegistry registry = Encodings.newLazyEncodingRegistry();

  /**
   * @param method tokenizer or characters
   * @param note what the number is worth
   */
  record Count(long tokens, String method, String note) {}

  Count count(String vendor, String model, String text) {
    var encoding = encodingOf(model);
    if (encoding.isPresent()) {
      return new Count(
          tokens(encoding.get(), text),
          "tokenizer",
          "the text alone was counted; roles and tools add some tokens");
    }
    if (vendor.equals("openai")) {
      long tokens = tokens(EncodingType.O200K_BASE, text);
      return new Count(
          tokens + (tokens + 9) / 10,
          "tokenizer",
          "this model's tokenizer is not known: o200k_base and 10 % stand in for it");
    }
    return new Count(
        byCharacters(vendor, model, text),
        "characters",
        "the tokens are estimated from the number of characters");
  }

  private static Optional<EncodingType> encodingOf(String model) {
    if (O200K.matcher(model).matches()) {
      return Optional.of(EncodingType.O200K_BASE);
    }
    return CL100K.matcher(model).matches()
        ? Optional.of(EncodingType.CL100K_BASE)
        : Optional.empty();
  }

  /** Ordinary: special tokens in the text are text. */
  private long tokens(EncodingType encoding, String text) {
    return registry.getEncoding(encoding).countTokensOrdinary(text);
  }

  private static long byCharacters(String vendor, String model, String text) {
    long ideographs = text.codePoints().filter(TokenCounter::isIdeograph).count();
    long others = text.codePointCount(0, text.length()) - ideographs;
    long tenths = tenthsPerToken(vendor, model);
    return ideographs + (others * 10 + tenths - 1) / tenths;
  }

  /** Characters of a token, in tenths. */
  private static long tenthsPerToken(String vendor, String model) {
    if (!vendor.equals("anthropic")) {
      return 40;
    }
    return OLDER_CLAUDE.matcher(model).matches() ? 35 : 27;
  }

  /** Chinese, Japanese and Korean characters make about one token each. */
  private static boolean isIdeograph(int codePoint) {
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
      default -> false;
    };
  }
}
