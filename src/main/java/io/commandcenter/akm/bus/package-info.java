/**
 * Asks, serves, publishes and hears typed calls and facts; the only user of the event bus.
 *
 * <p>Never enters: addresses, decisions.
 */
package io.commandcenter.akm.bus;
