/**
 * Anthropic's side of the Messages API.
 *
 * <p>Never enters: faults, I/O, product behaviour.
 */
package io.commandcenter.akm.simulator.anthropic;
