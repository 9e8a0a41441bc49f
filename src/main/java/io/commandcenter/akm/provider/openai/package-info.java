/**
 * OpenAI's Chat Completions, embeddings and Responses, out to OpenAI and all who speak alike.
 *
 * <p>Never enters: I/O, routing, money, another provider's format.
 */
package io.commandcenter.akm.provider.openai;
