/**
 * Google's side of the Gemini API.
 *
 * <p>Never enters: faults, I/O, product behaviour.
 */
package io.commandcenter.akm.simulator.google;
