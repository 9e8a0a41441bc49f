package io.commandcenter.akm.core.routing;

import java.time.Duration;

/**
 * A provider, or a key of it, that was passed over.
 *
 * @param model null if none was found
 * @param keyId null if the whole provider is meant
 * @param detail one sentence: why, and what would help
 * @param maxCostNanos null if not known
 * @param opensIn until the reason passes by itself; null if it does not
 */
public record Excluded(
    String provider,
    String model,
    String keyId,
    String keyLabel,
    Reason reason,
    String detail,
    Long maxCostNanos,
    Duration opensIn) {}
