package io.commandcenter.akm.core.chat;

import java.util.Locale;

/** Why an answer ended. */
public enum StopReason {
  STOP,
  LENGTH,
  TOOL_CALLS,
  CONTENT_FILTER,
  ERROR;

  /** {@code stop}, {@code tool-calls} … as on the bus. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
