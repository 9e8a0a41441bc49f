package io.commandcenter.akm.mcp.resources;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/**
 * A JSON document that clients may read.
 *
 * @param content the document as it is now; fails with a {@link
 *     io.commandcenter.akm.contract.Failure}
 */
public record Resource(
    String uri,
    String name,
    String title,
    String description,
    Supplier<Future<JsonObject>> content) {}
