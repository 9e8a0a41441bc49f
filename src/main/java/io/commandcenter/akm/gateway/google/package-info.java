/**
 * The Gemini API as Google's clients speak it to this gateway.
 *
 * <p>Never enters: routing, HTTP handling, other vendors' formats.
 */
package io.commandcenter.akm.gateway.google;
