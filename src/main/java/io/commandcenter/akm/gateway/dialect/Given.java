package io.commandcenter.akm.gateway.dialect;

import io.commandcenter.akm.exchange.Served;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What an answer is written with.
 *
 * @param served who answers; its usage and cost are null while a stream runs
 * @param model as the caller asked for it
 * @param body the caller's own
 * @param now for fields that tell when
 */
public record Given(Served served, String model, Supplier<Fields> body, Instant now) {
  public Given(Served served, String model, Fields asked, Instant now) {
    this(served, model, () -> asked, now);
  }

  /** The caller's own body; it is read when it is asked for. */
  public Fields asked() {
    return body.get();
  }
}
