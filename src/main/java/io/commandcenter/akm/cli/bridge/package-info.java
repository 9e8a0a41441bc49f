/**
 * MCP over standard input and output, carried to the HTTP endpoint of the running service.
 *
 * <p>Never enters: what a message means beyond its method, id and revision.
 */
package io.commandcenter.akm.cli.bridge;
