/**
 * MCP's streamable HTTP (2025-03-26 to 2025-11-25) on vertx-web, behind the Java SDK's transport
 * interface.
 *
 * <p>Never enters: anything of this product; tools, resources, scopes.
 */
package io.commandcenter.akm.mcp.transport;
