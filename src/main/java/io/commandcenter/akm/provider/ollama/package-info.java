/**
 * Ollama's own API, out to the server.
 *
 * <p>Never enters: I/O, routing, money, another provider's format.
 */
package io.commandcenter.akm.provider.ollama;
