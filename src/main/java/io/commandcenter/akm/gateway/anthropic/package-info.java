/**
 * Anthropic's dialects: messages and the counting of their tokens.
 *
 * <p>Never enters: routing, HTTP handling.
 */
package io.commandcenter.akm.gateway.anthropic;
