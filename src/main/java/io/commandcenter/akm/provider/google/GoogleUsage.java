package io.commandcenter.akm.provider.google;

import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.wire.Fields;

/** Counts and finish reasons, whole answers' and streams'. */
public final class GoogleUsage {
  private GoogleUsage() {}

  /** Prompt counts include the cached part; thoughts are billed as output but counted beside it. */
  public static TokenUsage of(Fields usage) {
    long cached = usage.count("cachedContentTokenCount");
    long thoughts = usage.count("thoughtsTokenCount");
    return new TokenUsage(
        usage.count("promptTokenCount") - cached + usage.count("toolUsePromptTokenCount"),
        cached,
        0,
        0,
        usage.count("candidatesTokenCount") + thoughts,
        thoughts,
        false);
  }

  static StopReason stop(String reason, boolean called) {
    return switch (reason == null ? "STOP" : reason) {
      // Google ends tool calls with STOP too.
      case "STOP" -> called ? StopReason.TOOL_CALLS : StopReason.STOP;
      case "MAX_TOKENS" -> StopReason.LENGTH;
      case "SAFETY",
          "RECITATION",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "LANGUAGE",
          "IMAGE_SAFETY" ->
          StopReason.CONTENT_FILTER;
      default -> StopReason.ERROR;
    };
  }
}
