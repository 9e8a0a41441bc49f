package io.commandcenter.akm.gateway.dialect;

import io.commandcenter.akm.exchange.Served;
import java.time.Instant;

/**
 * What an answer is written with.
 *
 * @param served who answers; its usage and cost are null while a stream runs
 * @param model as the caller asked for it
 * @param asked the caller's own body
 * @param now for fields that tell when
 */
public record Given(Served served, String model, Fields asked, Instant now) {}
