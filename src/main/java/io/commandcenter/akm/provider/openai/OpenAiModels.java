package io.commandcenter.akm.provider.openai;

import java.util.regex.Pattern;

/** What OpenAI's models need or refuse, by their names. */
public final class OpenAiModels {
  private static final String FAMILY =
      "(?:.*/)?(?:ft:)?(?:o\\d.*|gpt-(?:[5-9]|[1-9]\\d)(?:\\D.*)?)";

  /**
   * Reasoning models refuse {@code max_tokens}, {@code stop} and most temperatures with 400; older
   * models and compatible servers know nothing newer than {@code max_tokens}. A vendor prefix and
   * that of fine-tuned models do not change the kind.
   */
  private static final Pattern REASONING = Pattern.compile(FAMILY);

  private static final Pattern RESPONSES =
      Pattern.compile("(?=" + FAMILY + "$).*-(?:pro|codex|deep-research)(?:-.*)?");

  private OpenAiModels() {}

  static boolean isReasoning(String model) {
    return REASONING.matcher(model).matches();
  }

  /** Whether the model is reached over {@code /v1/responses} only. */
  public static boolean needsResponses(String model) {
    return RESPONSES.matcher(model).matches();
  }
}
