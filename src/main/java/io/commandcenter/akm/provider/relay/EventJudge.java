package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.wire.Fields;
import java.util.Optional;

/** Follows the events of one passing stream in one format. */
interface EventJudge {
  /**
   * One whole event, the line breaks at its end included.
   *
   * @param begun whether content has come before
   */
  Verdict judge(byte[] bytes, int from, int to, boolean begun);

  /** Whether a stream whose connection ended now is complete. */
  boolean completeAtClose();

  /** What the provider said was used; empty if it has not said it. */
  Optional<TokenUsage> usage();

  /** As the provider names it; null if it has not. */
  String servedModel();

  /** The body of the last ERROR. */
  Fields error();
}
