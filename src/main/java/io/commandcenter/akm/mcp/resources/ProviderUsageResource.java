package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Breakdown;
import io.commandcenter.akm.contract.UsageCalls.BreakdownRow;
import io.commandcenter.akm.contract.UsageCalls.BreakdownView;
import io.commandcenter.akm.contract.UsageCalls.Report;
import io.commandcenter.akm.contract.UsageCalls.UsageView;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;

/** What was used at one provider, by model and by day. */
final class ProviderUsageResource implements Resource {
  private static final Card CARD =
      new Card(
          Uris.PROVIDER_USAGE,
          "provider-usage",
          "Usage of one provider",
          "Requests, tokens and cost at one provider, and the last 30 days by model and by day.",
          Scope.READ_ONLY);

  private final Asking bus;

  ProviderUsageResource(Asking bus) {
    this.bus = bus;
  }

  private record Used(UsageView totals, BreakdownView models, BreakdownView days) {}

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Future<Document> read(Reading reading) {
    var provider = reading.variables().get("provider");
    return bus.ask(UsageCalls.REPORT, new Report(provider))
        .compose(
            totals ->
                by("model", provider)
                    .compose(
                        models -> by("day", provider).map(days -> new Used(totals, models, days))))
        .map(used -> new Document(json(used), markdown(provider, used)))
        .recover(ProviderUsageResource::unknown);
  }

  private Future<BreakdownView> by(String what, String provider) {
    return bus.ask(UsageCalls.BREAKDOWN, new Breakdown(what, null, null, provider));
  }

  /** A resource that does not exist is not found, whatever it is of. */
  private static <T> Future<T> unknown(Throwable cause) {
    return Future.failedFuture(
        cause instanceof Failure failure && failure.code() == Code.UNKNOWN_PROVIDER
            ? Failure.notFound(failure.detail())
            : cause);
  }

  private static io.vertx.core.json.JsonObject json(Used used) {
    return Wire.toJson(used.totals)
        .put("by_model", Wire.toJson(used.models))
        .put("by_day", Wire.toJson(used.days));
  }

  private static String markdown(String provider, Used used) {
    var text = new Markdown("Usage of " + provider);
    if (UsageTables.unused(used.totals)) {
      return text.say("Nothing was used at this provider yet.")
          .say(UsageTables.budget(used.totals))
          .render();
    }
    UsageTables.totals(text, used.totals).say(UsageTables.budget(used.totals));
    rows(text, used.models, "model", BreakdownRow::model);
    rows(text, used.days, "day", BreakdownRow::day);
    return text.render();
  }

  private static void rows(
      Markdown text,
      BreakdownView view,
      String by,
      java.util.function.Function<BreakdownRow, Object> name) {
    if (!view.rows().isEmpty()) {
      UsageTables.rows(
          text.section("By " + by + ", " + view.from() + " to " + view.to() + " (UTC days)"),
          by,
          view.rows(),
          name);
    }
  }
}
