package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.exchange.BodyScan;
import io.commandcenter.akm.exchange.WireFormat;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * A request in the provider's own format.
 *
 * @param model as the provider knows it
 * @param body the caller's bytes
 * @param maxOutputTokens the limit that must hold; null to leave the caller's own, or none
 * @param headers of the caller that the provider may see
 */
public record RelayRequest(
    WireFormat format,
    String model,
    Buffer body,
    BodyScan scan,
    Integer maxOutputTokens,
    boolean streaming,
    MultiMap headers) {}
