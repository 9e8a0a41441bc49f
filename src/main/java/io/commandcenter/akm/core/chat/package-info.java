/**
 * A conversation in no provider's dialect: what is asked, what is answered, and the events of a
 * streamed answer.
 *
 * <p>Never enters: wire formats, I/O.
 */
package io.commandcenter.akm.core.chat;
