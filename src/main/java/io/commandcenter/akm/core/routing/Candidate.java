package io.commandcenter.akm.core.routing;

/**
 * A provider, model and key that may take the request.
 *
 * @param keyId null where none is needed
 * @param maxOutputTokens what the provider is told as its limit
 * @param maxCostNanos the most that the request can cost there
 * @param contextTokens of the model's window; null if unknown
 * @param detail one sentence
 */
public record Candidate(
    String provider,
    String model,
    String keyId,
    String keyLabel,
    long maxOutputTokens,
    long maxCostNanos,
    Long contextTokens,
    Reason reason,
    String detail) {}
