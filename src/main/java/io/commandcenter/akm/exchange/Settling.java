package io.commandcenter.akm.exchange;

import io.commandcenter.akm.contract.UsageCalls.Settle;
import io.commandcenter.akm.contract.UsageCalls.Settled;
import io.vertx.core.Future;

/** Records ended attempts of this process, from any thread. */
@FunctionalInterface
public interface Settling {
  /**
   * Succeeds once the attempt can no longer be lost by this process's end; in the database it is
   * soon afterwards.
   */
  Future<Settled> settle(Settle settle);
}
