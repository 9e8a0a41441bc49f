package io.commandcenter.akm.mcp.transport;

/**
 * Who sends a request.
 *
 * @param id a session answers only to the id that opened it
 * @param identity handed through to the request's handlers, see {@link StreamableHttp#CALLER}
 */
public record Caller(String id, Object identity) {}
