package io.commandcenter.akm.contract;

import io.vertx.core.Future;

/** Whatever can make a typed call: the bus, or a test's stand-in for it. */
@FunctionalInterface
public interface Asking {
  /** The answer, or a {@link Failure}. */
  <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q request);
}
