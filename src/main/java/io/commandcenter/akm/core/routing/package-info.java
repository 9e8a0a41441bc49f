/**
 * Candidates and facts in, a Decision out, with every reason.
 *
 * <p>Never enters: I/O, Vert.x, the clock.
 */
package io.commandcenter.akm.core.routing;
