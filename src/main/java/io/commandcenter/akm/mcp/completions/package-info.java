/**
 * Proposals for names that people type: providers, models, tasks, labels.
 *
 * <p>Never enters: the MCP SDK, sessions, keys.
 */
package io.commandcenter.akm.mcp.completions;
