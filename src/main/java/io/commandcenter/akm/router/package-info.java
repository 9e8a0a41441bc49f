/**
 * Gathers facts, asks core.routing, runs the attempts.
 *
 * <p>Never enters: rules of choice, plaintext keys.
 */
package io.commandcenter.akm.router;
