package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import picocli.CommandLine.Option;

/** What a new token may do beyond its scope. */
final class TokenLimitOptions {
  @Option(names = "--tasks", split = ",", description = "Allowed tasks; all by default.")
  private List<String> tasks;

  @Option(
      names = "--models",
      split = ",",
      description = "Allowed models: model or provider/model, either with a trailing *.")
  private List<String> models;

  @Option(names = "--providers", split = ",", description = "Allowed providers; all by default.")
  private List<String> providers;

  @Option(names = "--requests-per-minute", description = "Limit of everything that routes.")
  private Integer requestsPerMinute;

  @Option(names = "--max-usd", description = "Dollars in its whole life.")
  private BigDecimal maxUsd;

  @Option(names = "--max-usd-per-day", description = "Dollars a UTC day.")
  private BigDecimal maxUsdPerDay;

  @Option(names = "--max-usd-per-month", description = "Dollars a UTC month.")
  private BigDecimal maxUsdPerMonth;

  void into(JsonObject body) {
    list(body, "tasks", tasks);
    list(body, "models", models);
    list(body, "providers", providers);
    put(body, "requests_per_minute", requestsPerMinute);
    put(body, "max_usd", maxUsd);
    put(body, "max_usd_per_day", maxUsdPerDay);
    put(body, "max_usd_per_month", maxUsdPerMonth);
  }

  private static void list(JsonObject body, String member, List<String> names) {
    put(body, member, names == null ? null : new JsonArray(names));
  }

  static void put(JsonObject body, String member, Object value) {
    if (value != null) {
      body.put(member, value);
    }
  }
}
