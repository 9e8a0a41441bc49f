/**
 * The prompts of this server: what they ask a model to do.
 *
 * <p>Never enters: the MCP SDK, sessions, keys.
 */
package io.commandcenter.akm.mcp.prompts;
