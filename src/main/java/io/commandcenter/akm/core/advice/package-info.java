/**
 * What the record of the last days suggests to change about the routing, with figures.
 *
 * <p>Never enters: I/O, Vert.x, the clock, chance.
 */
package io.commandcenter.akm.core.advice;
