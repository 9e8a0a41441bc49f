/**
 * What every simulated provider shares: the request as it was understood, what is said to it, and
 * the frames of a stream.
 *
 * <p>Never enters: one provider's format, faults, I/O.
 */
package io.commandcenter.akm.simulator.wire;
