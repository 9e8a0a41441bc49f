/**
 * OpenAI's dialects: chat completions, responses, legacy completions and embeddings.
 *
 * <p>Never enters: routing, HTTP handling.
 */
package io.commandcenter.akm.gateway.openai;
