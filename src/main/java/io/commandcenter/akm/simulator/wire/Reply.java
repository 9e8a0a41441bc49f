package io.commandcenter.akm.simulator.wire;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP answer of a simulated provider.
 *
 * @param lag before it; null for none
 */
public record Reply(int status, Map<String, String> headers, JsonObject body, Duration lag)
    implements Said {
  public static Reply ok(JsonObject body) {
    return of(200, body);
  }

  public static Reply of(int status, JsonObject body) {
    return new Reply(status, Map.of(), body, null);
  }

  public Reply with(String header, String value) {
    return with(Map.of(header, value));
  }

  public Reply with(Map<String, String> more) {
    var all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, all, body, lag);
  }

  /** The same after this much time. */
  public Reply after(Duration slow) {
    return new Reply(status, headers, body, slow);
  }
}
