/**
 * The bus API: typed calls and facts, one file per room, and what they share (codes, failures,
 * bounds, JSON).
 *
 * <p>Never enters: behaviour of a room, SQL, HTTP.
 */
package io.commandcenter.akm.contract;
