package io.commandcenter.akm.core.keys;

import java.util.random.RandomGenerator;

/** Random text that looks like a provider's key to whoever finds it, and to our own masks. */
public final class DecoyShape {
  private static final String HEX = "0123456789abcdef";
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final String URL = LETTERS + "_-";

  private DecoyShape() {}

  /**
   * @param provider its configured name, which tells the compatible ones apart
   * @param protocol anthropic, openai, google or ollama; any other counts as openai
   */
  public static String of(String provider, String protocol, RandomGenerator random) {
    return switch (provider) {
      case "groq" -> "gsk_" + random(LETTERS, 52, random);
      case "xai" -> "xai-" + random(LETTERS, 80, random);
      case "openrouter" -> "sk-or-v1-" + random(HEX, 64, random);
      case "deepseek" -> "sk-" + random(HEX, 32, random);
      case "perplexity" -> "pplx-" + random(LETTERS, 48, random);
      case "together" -> "tgp_v1_" + random(URL, 43, random);
      default -> ofProtocol(protocol, random);
    };
  }

  private static String ofProtocol(String protocol, RandomGenerator random) {
    return switch (protocol) {
      case "anthropic" -> "sk-ant-api03-" + random(URL, 93, random) + "AA";
      case "google" -> "AIza" + random(URL, 35, random);
      case "ollama" -> random(HEX, 32, random) + "." + random(URL, 24, random);
      default -> "sk-proj-" + random(URL, 74, random) + "T3BlbkFJ" + random(URL, 74, random);
    };
  }

  private static String random(String alphabet, int length, RandomGenerator random) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
