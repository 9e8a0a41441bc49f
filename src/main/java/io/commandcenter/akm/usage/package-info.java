/**
 * Holds, settles, budgets, alerts, reports.
 *
 * <p>Never enters: request or answer bodies.
 */
package io.commandcenter.akm.usage;
