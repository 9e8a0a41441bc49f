package io.commandcenter.akm.gateway.dialect;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.exchange.Served;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** What answers are written with in tests. */
public final class Givens {
  public static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private Givens() {}

  public static Given of(String asked) {
    return of(asked, false, null);
  }

  public static Given of(String asked, boolean relayed, TokenUsage usage) {
    var served =
        new Served(
            "req-1",
            "dec-1",
            "anthropic",
            "claude-x",
            1,
            relayed,
            usage,
            null,
            MultiMap.caseInsensitiveMultiMap());
    return new Given(served, "asked-model", Fields.of(new JsonObject(asked)), NOW);
  }
}
