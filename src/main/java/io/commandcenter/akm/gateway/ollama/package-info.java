/**
 * Ollama's own API as programs made for a local Ollama speak it to this gateway.
 *
 * <p>Never enters: routing, HTTP handling, other vendors' formats.
 */
package io.commandcenter.akm.gateway.ollama;
