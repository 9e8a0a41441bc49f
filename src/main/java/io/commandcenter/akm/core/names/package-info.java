/**
 * Names as people type them.
 *
 * <p>Never enters: I/O, Vert.x, what the names stand for.
 */
package io.commandcenter.akm.core.names;
