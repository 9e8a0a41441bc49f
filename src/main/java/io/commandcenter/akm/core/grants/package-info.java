/**
 * What a token may do beyond its scope: allowed names, limits, and how a child's are narrowed.
 *
 * <p>Never enters: I/O, Vert.x, the clock, tokens themselves.
 */
package io.commandcenter.akm.core.grants;
