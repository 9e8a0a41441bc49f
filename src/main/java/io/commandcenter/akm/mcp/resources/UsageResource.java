package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Report;
import io.commandcenter.akm.contract.UsageCalls.UsageView;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;

/** What was used at every provider, and the budget. */
final class UsageResource implements Resource {
  private static final Card CARD =
      new Card(
          Uris.USAGE,
          "usage",
          "Usage and budget",
          "Requests, tokens and cost in US dollars by provider, and the monthly budget.",
          Scope.READ_ONLY);

  private final Asking bus;

  UsageResource(Asking bus) {
    this.bus = bus;
  }

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Future<Document> read(Reading reading) {
    return bus.ask(UsageCalls.REPORT, new Report(null))
        .map(usage -> new Document(Wire.toJson(usage), markdown(usage)));
  }

  private static String markdown(UsageView usage) {
    var text = new Markdown("Usage and budget");
    if (UsageTables.unused(usage)) {
      text.say(
          "Nothing was used yet. Next: route_request sends a first request once a provider has a"
              + " key; api://providers shows which have one.");
    } else {
      UsageTables.totals(text, usage).say("Total cost: " + Markdown.usd(usage.totalCost()));
    }
    return text.say(UsageTables.budget(usage)).render();
  }
}
