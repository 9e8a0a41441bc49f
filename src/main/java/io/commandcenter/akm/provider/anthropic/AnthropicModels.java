package io.commandcenter.akm.provider.anthropic;

import java.util.regex.Pattern;

/**
 * What Anthropic's models refuse with 400. An unknown name is treated as the newest model: what is
 * left out breaks nothing, a refused request does.
 */
final class AnthropicModels {
  private static final String OLD = "claude-(?:[23]|instant|(?:opus|sonnet|haiku)-4";

  /**
   * The last models that take sampling parameters; every later one answers 400 to a temperature.
   */
  private static final Pattern SAMPLING = Pattern.compile(OLD + "(?:-20\\d{6}$|-[0-6](?:-|$)|$))");

  /** The last models that go on from the beginning of an answer. */
  private static final Pattern PREFILL = Pattern.compile(OLD + "(?:-20\\d{6}$|-[0-5](?:-|$)|$))");

  /** They do not think at all. */
  private static final Pattern THOUGHTLESS =
      Pattern.compile("claude-(?:2|instant|3-(?:opus|sonnet|haiku|5)|3$)");

  private static final Pattern UNFORCED = Pattern.compile(".*-5-5(?:-.*)?");
  private static final Pattern ALWAYS_THINKS =
      Pattern.compile("claude-(?:fable.*|mythos.*|.*-5-5(?:-.*)?)");
  private static final Pattern FOUR_SIX = Pattern.compile("claude-(?:opus|sonnet)-4-6(?:-.*)?");
  private static final Pattern ONE_SAMPLING = Pattern.compile("claude-[a-z]+-4-[1-5](?:-.*)?");

  private AnthropicModels() {}

  static boolean samples(String model) {
    return SAMPLING.matcher(model).lookingAt();
  }

  /** Whether a temperature and a top_p together are refused. */
  static boolean takesOneSampling(String model) {
    return ONE_SAMPLING.matcher(model).matches();
  }

  static boolean goesOnFromAnAnswer(String model) {
    return PREFILL.matcher(model).lookingAt();
  }

  static boolean canBeForced(String model) {
    return !UNFORCED.matcher(model).matches();
  }

  static boolean thinks(String model) {
    return !THOUGHTLESS.matcher(model).lookingAt();
  }

  /** Whether the model itself decides how much it thinks; older ones want a number of tokens. */
  static boolean adapts(String model) {
    return !PREFILL.matcher(model).lookingAt();
  }

  static boolean canStopThinking(String model) {
    return !ALWAYS_THINKS.matcher(model).matches();
  }

  static boolean knowsExtraHigh(String model) {
    return !FOUR_SIX.matcher(model).matches();
  }
}
