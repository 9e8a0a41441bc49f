/**
 * The MCP server
 *
 * <p>Never enters: protocol, sessions, tools, resources.:plaintext keys.
 */
package io.commandcenter.akm.mcp;
