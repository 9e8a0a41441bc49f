package io.commandcenter.akm.mcp.transport.feature;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * What one round of a request came to. A request that needs something of the client ends its round
 * with {@link NeedsInput}; it is run again, with the same parameters, once the client has answered.
 */
public sealed interface Round<R> {
  record Done<R>(R result) implements Round<R> {}

  /**
   * @param requests by a key of the server's choice, under which the answers come back
   * @param memory comes back as {@link Call#memory()}; a client may read it, but not change it. May
   *     be null
   */
  record NeedsInput<R>(Map<String, Ask> requests, JsonObject memory) implements Round<R> {
    public NeedsInput {
      requests = Map.copyOf(requests);
    }
  }
}
