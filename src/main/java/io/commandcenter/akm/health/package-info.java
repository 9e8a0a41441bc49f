/**
 * Probes, breaker state, health changes.
 *
 * <p>Never enters: paid requests.
 */
package io.commandcenter.akm.health;
