/**
 * How the gateway hands a live request to the router inside one process, and hears its answer:
 * bytes, events, back-pressure and cancelling, which no message can carry.
 *
 * <p>Never enters: decisions, wire formats of providers.
 */
package io.commandcenter.akm.exchange;
