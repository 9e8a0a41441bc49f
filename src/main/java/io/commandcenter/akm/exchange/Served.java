package io.commandcenter.akm.exchange;

import io.commandcenter.akm.core.money.TokenUsage;
import io.vertx.core.MultiMap;

/**
 * Who answers.
 *
 * @param model as the provider was asked for it
 * @param attempts so far, this one included
 * @param relayed whether the caller's own format comes back
 * @param usage null while the answer is not complete
 * @param costNanos of all attempts, in nano-dollars; null while the answer is not complete
 * @param headers of the provider's answer that the caller may see, such as its rate limits
 */
public record Served(
    String requestId,
    String decisionId,
    String provider,
    String model,
    int attempts,
    boolean relayed,
    TokenUsage usage,
    Long costNanos,
    MultiMap headers) {}
