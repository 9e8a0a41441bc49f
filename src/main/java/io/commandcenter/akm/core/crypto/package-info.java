/**
 * Secrets and how they are sealed.
 *
 * <p>Never enters: I/O, Vert.x, a key in a String.
 */
package io.commandcenter.akm.core.crypto;
