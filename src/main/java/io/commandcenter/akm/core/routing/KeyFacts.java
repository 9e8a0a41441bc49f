package io.commandcenter.akm.core.routing;

/**
 * A key as routing sees it.
 *
 * @param usable false if disabled, expired, draining or revoked
 * @param weight share of its provider's traffic
 */
public record KeyFacts(String id, String label, int weight, boolean usable) {}
