/**
 * Stand-ins for the providers that speak their real wire formats, with faults on demand.
 *
 * <p>Never enters: product behaviour.
 */
package io.commandcenter.akm.simulator;
