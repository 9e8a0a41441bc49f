/**
 * The session lane, revisions 2025-03-26 to 2025-11-25: sessions, their resumable streams, requests
 * in both directions.
 *
 * <p>Never enters: anything of this product; tools, resources, scopes.
 */
package io.commandcenter.akm.mcp.transport.session;
