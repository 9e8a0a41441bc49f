/**
 * Requests and answers that pass in the caller's own format: as few bytes as possible are changed,
 * and what was used is read on the way.
 *
 * <p>Never enters: translation.
 */
package io.commandcenter.akm.provider.relay;
