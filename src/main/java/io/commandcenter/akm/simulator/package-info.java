/**
 * Stand-ins for the providers that speak their real wire formats, with faults on demand and a
 * record of what they were asked.
 *
 * <p>Never enters: product behaviour.
 */
package io.commandcenter.akm.simulator;
