/**
 * The stateless lane, revision 2026-07-28: every request stands alone, and its connection is its
 * life.
 *
 * <p>Never enters: sessions, anything of this product.
 */
package io.commandcenter.akm.mcp.transport.stateless;
