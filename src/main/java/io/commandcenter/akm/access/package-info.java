/**
 * Tokens and scopes.
 *
 * <p>Never enters: provider keys.
 */
package io.commandcenter.akm.access;
