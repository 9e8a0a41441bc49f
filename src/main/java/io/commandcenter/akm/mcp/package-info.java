/**
 * The MCP server: the tools and resources of this service, put on a transport.
 *
 * <p>Never enters: plaintext keys, rules of other rooms.
 */
package io.commandcenter.akm.mcp;
