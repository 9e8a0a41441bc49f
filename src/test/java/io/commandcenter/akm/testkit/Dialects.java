package io.commandcenter.akm.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.exchange.Served;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** What tests of the gateway's dialects share. */
public final class Dialects {
  public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private Dialects() {}

  /** A body written with single quotes; a text that holds one is written as JSON. */
  public static Fields body(String json) {
    return Fields.of(json(json));
  }

  public static JsonObject json(String json) {
    return new JsonObject(json.replace('\'', '"'));
  }

  /** The answer of request req-1, by model-x of provider far. */
  public static Given given(String asked) {
    var headers = MultiMap.caseInsensitiveMultiMap();
    var served = new Served("req-1", "dec-1", "far", "model-x", 1, false, null, null, headers);
    return new Given(served, "far/model-x", body(asked), NOW);
  }

  /** All that a writer gives for the events. */
  public static String written(StreamWriter writer, List<ChatEvent> events) {
    var all = new StringBuilder();
    for (var event : events) {
      var bytes = writer.event(event);
      all.append(bytes == null ? "" : bytes.toString(UTF_8));
    }
    return all.toString();
  }

  /** The call must be refused, and name the field. */
  public static void assertRefuses(String field, Executable call) {
    var refusal = assertThrows(Failure.class, call);
    assertEquals(Code.BAD_REQUEST, refusal.code());
    assertEquals(field, refusal.context().get(Fields.PARAM), refusal.detail());
  }
}
