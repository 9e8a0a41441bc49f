package io.commandcenter.akm.provider.google;

import java.util.regex.Pattern;

/** Generations of Gemini. An unknown name is treated as the newest. */
final class GoogleModels {
  private static final Pattern GENERATION =
      Pattern.compile("(?:models/)?gemini-(\\d{1,3})(?:\\.(\\d{1,3}))?(?:-.*)?");
  private static final int NEWEST = 999;

  private GoogleModels() {}

  /** 25 for 2.5. */
  private static int generation(String model) {
    var match = GENERATION.matcher(model);
    if (!match.matches()) {
      return NEWEST;
    }
    int minor = match.group(2) == null ? 0 : Math.min(9, Integer.parseInt(match.group(2)));
    return Integer.parseInt(match.group(1)) * 10 + minor;
  }

  /** Thinking is asked for in words; before, in tokens. */
  static boolean thinksInLevels(String model) {
    return generation(model) >= 30;
  }

  static boolean thinks(String model) {
    return generation(model) >= 25;
  }

  /** Calls without the signature they came with are refused with 400. */
  static boolean wantsSignatures(String model) {
    return generation(model) >= 30;
  }

  /** It cannot be kept from thinking. */
  static boolean alwaysThinks(String model) {
    return model.contains("-pro");
  }
}
