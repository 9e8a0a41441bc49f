/**
 * Ollama's side of its own API.
 *
 * <p>Never enters: faults, I/O, product behaviour.
 */
package io.commandcenter.akm.simulator.ollama;
