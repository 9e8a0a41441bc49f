/**
 * OpenAI's side of Chat Completions, Responses, completions and embeddings.
 *
 * <p>Never enters: faults, I/O, product behaviour.
 */
package io.commandcenter.akm.simulator.openai;
