/**
 * The wire protocols of the AI providers and the guarded HTTP client that speaks them: requests,
 * answers, usage, errors and limits, translated both ways.
 *
 * <p>Never enters: routing, money, a provider's raw words on their way to a caller or a log.
 */
package io.commandcenter.akm.provider;
