/**
 * The REST admin API of openapi.yaml and the one-time key page.
 *
 * <p>Never enters: rules.
 */
package io.commandcenter.akm.admin;
