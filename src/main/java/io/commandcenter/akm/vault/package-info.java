/**
 * Seals, adds, leases, rotates and audits keys.
 *
 * <p>Never enters: provider wire formats, HTTP.
 */
package io.commandcenter.akm.vault;
