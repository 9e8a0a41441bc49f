package io.commandcenter.akm.core.advice;

import java.util.Locale;

/**
 * One thing that could be better.
 *
 * @param kind a stable word, for example cheaper, faster, no-key
 * @param task null if it is not about one
 * @param provider whom the change is about; null if it is not about one
 * @param reason one sentence with figures
 * @param change the change of the configuration, or the tool call, that would follow
 * @param monthlySavingNanos estimated, in nano-dollars; null where it is not about money
 */
public record Advice(
    Severity severity,
    String kind,
    String task,
    String provider,
    String reason,
    String change,
    Long monthlySavingNanos) {

  /** How much it matters, most first. */
  public enum Severity {
    /** Requests fail. */
    CRITICAL,
    /** Requests do not go where they should, or fail now and then. */
    WARNING,
    /** It works, and could be better. */
    SUGGESTION;

    public String slug() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Advice of(
      Severity severity, String kind, String task, String provider, String reason, String change) {
    return new Advice(severity, kind, task, provider, reason, change, null);
  }
}
