/**
 * Holds, settles, budgets, alerts, reports and estimates: the accounting room.
 *
 * <p>An attempt under a hard budget has a durable hold before it leaves. If the server dies before
 * the attempt is settled, the next start settles the hold at its maximum, with the outcome {@code
 * unknown} and marked estimated: the provider may have charged it, so it is never silently freed.
 * Without a hard budget there is no hold, and an attempt that was in flight when the server died
 * leaves no row.
 *
 * <p>Never enters: request or answer bodies, SQL.
 */
package io.commandcenter.akm.usage;
