/**
 * What the wire protocols share: trustless JSON, the classes of errors, waits, keys as headers.
 *
 * <p>Never enters: a single provider's format, I/O.
 */
package io.commandcenter.akm.provider.wire;
