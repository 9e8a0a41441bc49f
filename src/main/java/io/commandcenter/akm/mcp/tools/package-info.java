/**
 * The tools: what a model may ask of this service, each a call over the bus.
 *
 * <p>Never enters: the MCP SDK, sessions, plaintext keys.
 */
package io.commandcenter.akm.mcp.tools;
