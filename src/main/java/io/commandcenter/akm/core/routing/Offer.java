package io.commandcenter.akm.core.routing;

import io.commandcenter.akm.core.routing.Plan.Step;

/**
 * What a step of the plan comes to with its model found and priced; strategies order these.
 *
 * @param model null if none fits
 * @param contextTokens null if unknown
 * @param maxCostNanos null if no price is known
 */
record Offer(
    Step step,
    ProviderFacts provider,
    String model,
    Long contextTokens,
    long maxOutputTokens,
    Long maxCostNanos) {}
