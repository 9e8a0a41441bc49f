/**
 * Requests-per-minute arithmetic, cool-downs and the circuit breaker.
 *
 * <p>Never enters: I/O, Vert.x, timers.
 */
package io.commandcenter.akm.core.limits;
