/**
 * What a key is, may become, and looks like when masked.
 *
 * <p>Never enters: I/O, Vert.x, plaintext that is kept.
 */
package io.commandcenter.akm.core.keys;
