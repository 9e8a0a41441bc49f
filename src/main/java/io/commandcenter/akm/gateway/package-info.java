/**
 * The OpenAI- and Anthropic-compatible surface.
 *
 * <p>Never enters: rules.
 */
package io.commandcenter.akm.gateway;
