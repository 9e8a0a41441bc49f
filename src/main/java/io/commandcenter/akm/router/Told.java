package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.RouterCalls.Decision;

/** What is told and remembered of each decision. */
final class Told {
  private Told() {}

  static void decided(Tools tools, Asked asked, Decision decision) {
    tools.decisions().made(asked.requestId(), asked.request().principal(), decision);
    var chosen = decision.chosen();
    tools
        .bus()
        .publish(
            Facts.ROUTING_DECIDED,
            new Facts.RoutingDecided(
                asked.requestId(),
                decision.decisionId(),
                decision.task(),
                chosen == null ? null : chosen.provider(),
                chosen == null ? null : chosen.model(),
                decision.at()));
  }
}
