package io.commandcenter.akm.simulator;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer of a simulated provider. */
record Reply(int status, Map<String, String> headers, JsonObject body) {
  static Reply ok(JsonObject body) {
    return of(200, body);
  }

  static Reply of(int status, JsonObject body) {
    return new Reply(status, Map.of(), body);
  }

  Reply with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }
}
