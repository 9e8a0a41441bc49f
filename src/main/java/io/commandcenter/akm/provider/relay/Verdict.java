package io.commandcenter.akm.provider.relay;

/** What one event of a passing stream is. */
enum Verdict {
  /**
   * Says nothing yet: it waits for the first content, so that an early error can still fall back.
   */
  PRELUDE,
  CONTENT,
  /** Was asked for by this server only; the caller does not get it. */
  NOT_FOR_CALLER,
  /** The last event of a complete answer. */
  LAST,
  /** The provider tells that it failed. */
  ERROR
}
