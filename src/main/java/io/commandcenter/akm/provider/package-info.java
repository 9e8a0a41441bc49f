/**
 * The wire protocols of the AI providers
 *
 * <p>Never enters: requests, answers, usage, errors, limits.:routing, money.
 */
package io.commandcenter.akm.provider;
