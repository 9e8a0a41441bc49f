/**
 * What a server offers, told once and served in every lane.
 *
 * <p>Never enters: HTTP, sessions, anything of this product.
 */
package io.commandcenter.akm.mcp.transport.feature;
