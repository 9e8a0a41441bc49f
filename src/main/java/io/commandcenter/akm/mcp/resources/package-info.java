/**
 * The resources: what a client may read, as JSON.
 *
 * <p>Never enters: the MCP SDK, sessions, plaintext keys.
 */
package io.commandcenter.akm.mcp.resources;
