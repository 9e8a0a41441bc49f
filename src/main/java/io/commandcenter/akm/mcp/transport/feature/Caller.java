package io.commandcenter.akm.mcp.transport.feature;

/**
 * Who sends a request.
 *
 * @param id a session answers only to the id that opened it
 * @param identity the server's own notion of the caller, handed through to its features
 */
public record Caller(String id, Object identity) {}
