/**
 * Anthropic's Messages API, out to the provider.
 *
 * <p>Never enters: I/O, routing, money, another provider's format.
 */
package io.commandcenter.akm.provider.anthropic;
