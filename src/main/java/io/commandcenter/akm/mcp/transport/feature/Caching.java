package io.commandcenter.akm.mcp.transport.feature;

/**
 * How a result may be kept (2026-07-28).
 *
 * @param ttlMs milliseconds for which it need not be asked for again
 * @param shared whether it is the same for every caller
 */
public record Caching(long ttlMs, boolean shared) {}
