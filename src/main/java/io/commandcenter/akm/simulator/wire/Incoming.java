package io.commandcenter.akm.simulator.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;

/**
 * A request as it came.
 *
 * @param query null for none
 */
public record Incoming(String path, String query, MultiMap headers, JsonObject body) {}
