/**
 * The resources: what a client may read, as JSON and as Markdown.
 *
 * <p>Never enters: the MCP SDK, sessions, plaintext keys.
 */
package io.commandcenter.akm.mcp.resources;
