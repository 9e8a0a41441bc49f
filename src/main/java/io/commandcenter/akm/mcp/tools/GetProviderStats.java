package io.commandcenter.akm.mcp.tools;

import static io.commandcenter.akm.mcp.tools.TextTable.usd;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.ProviderList;
import io.commandcenter.akm.contract.RouterCalls.ProviderView;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.StatsCalls;
import io.commandcenter.akm.contract.StatsCalls.ShowStats;
import io.commandcenter.akm.contract.StatsCalls.StatsRow;
import io.commandcenter.akm.contract.StatsCalls.StatsView;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How reliable, fast and dear the providers were, and how they are now. */
final class GetProviderStats implements Tool {
  private static final ToolCard CARD =
      new ToolCard(
          "get_provider_stats",
          "Get provider statistics",
          """
          How each provider did in the last hour, day, week or month: attempts, success rate, \
          errors by class, p50 and p95 of the answers' latency in milliseconds, tokens, cost and \
          cost of 1,000 tokens in US dollars, and its health now. Broken down by model or by task \
          if asked. Of each provider the newest 10,000 attempts count; at most 200 rows come.""",
          Scope.READ_ONLY,
          Schema.object("What to look at; nothing for every provider in the last 24 hours.")
              .optional("provider", Schema.string("Only this provider.").atMost(64))
              .optional("model", Schema.string("Only this model.").atMost(256))
              .optional(
                  "window",
                  Schema.string("Until now; 24h if not said.").oneOf("1h", "24h", "7d", "30d"))
              .optional(
                  "by",
                  Schema.string("What has a row; provider if not said, model if one is given.")
                      .oneOf("provider", "model", "task")),
          StatsSchemas.stats(),
          ToolCard.Hints.READ);

  private final Asking bus;

  GetProviderStats(Asking bus) {
    this.bus = bus;
  }

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var stats = bus.ask(StatsCalls.STATS, call.as(ShowStats.class));
    var providers = bus.ask(RouterCalls.PROVIDERS, new RouterCalls.ShowProviders());
    return Future.all(stats, providers).map(both -> answer(stats.result(), providers.result()));
  }

  private static ToolAnswer answer(StatsView stats, ProviderList providers) {
    return Fitting.answer(stats.rows(), rows -> told(first(stats, rows), providers));
  }

  private static StatsView first(StatsView all, List<StatsRow> rows) {
    return new StatsView(
        all.window(),
        all.by(),
        all.since(),
        all.until(),
        rows,
        all.leftOut() + all.rows().size() - rows.size());
  }

  private static ToolAnswer.Told told(StatsView stats, ProviderList providers) {
    var shown = stats.rows().stream().map(StatsRow::provider).collect(Collectors.toSet());
    var now = new JsonObject();
    providers.providers().stream()
        .filter(provider -> shown.contains(provider.provider()))
        .forEach(provider -> now.put(provider.provider(), now(provider)));
    var text = "%s\n%s%s".formatted(table(stats), health(providers, shown), notes(stats));
    return ToolAnswer.of(Wire.toJson(stats).put("providers", now), text);
  }

  private static JsonObject now(ProviderView provider) {
    var json =
        new JsonObject()
            .put("enabled", provider.enabled())
            .put("health", provider.health())
            .put("keys", provider.keys());
    if (provider.healthDetail() != null) {
      json.put("health_detail", provider.healthDetail());
    }
    return provider.coolingUntil() == null
        ? json
        : json.put("cooling_until", provider.coolingUntil().toString());
  }

  private static String table(StatsView stats) {
    var table =
        new TextTable(
            "the last " + stats.window(),
            "attempts",
            "success",
            "p50 ms",
            "p95 ms",
            "tokens",
            "cost",
            "per 1k",
            "errors");
    for (var row : stats.rows()) {
      table.row(
          name(row),
          row.requests(),
          row.successRate() == null ? "-" : percent(row.successRate()),
          row.p50Ms(),
          row.p95Ms(),
          row.totalTokens(),
          usd(row.costUsd()),
          usd(row.costPer1kTokensUsd()),
          errors(row));
    }
    return table.render();
  }

  private static String name(StatsRow row) {
    var model = row.model() == null ? "" : "/" + row.model();
    return row.provider() + model + (row.task() == null ? "" : " for " + row.task());
  }

  static String percent(double rate) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * rate);
  }

  private static String errors(StatsRow row) {
    return row.errors().isEmpty()
        ? "-"
        : new TreeMap<>(row.errors())
            .entrySet().stream()
                .map(error -> error.getKey() + " " + error.getValue())
                .collect(Collectors.joining(", "));
  }

  private static String health(ProviderList providers, Set<String> shown) {
    return providers.providers().stream()
        .filter(provider -> shown.contains(provider.provider()))
        .map(GetProviderStats::words)
        .collect(Collectors.joining("\n"));
  }

  private static String words(ProviderView provider) {
    var detail = provider.healthDetail() == null ? "" : " (" + provider.healthDetail() + ")";
    var cooling =
        provider.coolingUntil() == null ? "" : ", cools down until " + provider.coolingUntil();
    return "%s is %s%s%s, %d usable keys%s."
        .formatted(
            provider.provider(),
            provider.enabled() ? "" : "disabled, ",
            provider.health(),
            detail,
            provider.keys(),
            cooling);
  }

  private static String notes(StatsView stats) {
    var newest = stats.rows().stream().filter(StatsRow::newestOnly).map(GetProviderStats::name);
    var only = newest.map(name -> "\nOf " + name + " only the newest attempts count.");
    var more =
        stats.leftOut() == 0
            ? ""
            : "\n%d more rows are left out; name a provider.".formatted(stats.leftOut());
    return only.collect(Collectors.joining()) + more;
  }
}
