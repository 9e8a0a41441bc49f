/**
 * akm.json and routing.json to records, all faults at once.
 *
 * <p>Never enters: reading configuration after start, secrets.
 */
package io.commandcenter.akm.config;
