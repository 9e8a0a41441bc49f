/**
 * Prices, token usage, cost, budgets; the only place that rounds money.
 *
 * <p>Never enters: I/O, Vert.x, floating point.
 */
package io.commandcenter.akm.core.money;
