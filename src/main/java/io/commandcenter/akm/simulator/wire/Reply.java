package io.commandcenter.akm.simulator.wire;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer of a simulated provider. */
public record Reply(int status, Map<String, String> headers, JsonObject body) implements Said {
  public static Reply ok(JsonObject body) {
    return of(200, body);
  }

  public static Reply of(int status, JsonObject body) {
    return new Reply(status, Map.of(), body);
  }

  public Reply with(String header, String value) {
    return with(Map.of(header, value));
  }

  public Reply with(Map<String, String> more) {
    var all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, all, body);
  }
}
