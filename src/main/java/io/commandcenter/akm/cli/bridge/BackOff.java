package io.commandcenter.akm.cli.bridge;

/** How long to wait before a connection is tried again. */
final class BackOff {
  private static final long MOST_MS = 30_000;

  private BackOff() {}

  /**
   * @param retryMs what the service asks for
   * @param failures in a row; each doubles the wait
   */
  static long millis(long retryMs, int failures) {
    return Math.max(10, Math.min(retryMs << Math.min(failures, 6), Math.max(MOST_MS, retryMs)));
  }
}
