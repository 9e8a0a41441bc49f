/**
 * A server with the fixed names and texts that the public conformance suite asks for, on the
 * transport of production.
 *
 * <p>Never enters: anything of the product beyond its MCP transport.
 */
package io.commandcenter.akm.mcp.conformance;
