/**
 * What every wire format of the gateway gives: requests read, answers and streams written, errors
 * shaped.
 *
 * <p>Never enters: routing, HTTP handling.
 */
package io.commandcenter.akm.gateway.dialect;
