/**
 * Secrets and how they are sealed.
 *
 * <p>Never enters: I/O, Vert.x, a key kept in a String.
 */
package io.commandcenter.akm.core.crypto;
