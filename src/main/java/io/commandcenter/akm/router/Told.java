package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Facts;

/** What is told and remembered of each decision. */
final class Told {
  private Told() {}

  static void decided(Tools tools, Decided decision) {
    tools.decisions().made(decision);
    var asked = decision.asked();
    var candidates = decision.candidates();
    var chosen = candidates.isEmpty() ? null : candidates.get(0);
    tools
        .bus()
        .publish(
            Facts.ROUTING_DECIDED,
            new Facts.RoutingDecided(
                asked.requestId(),
                decision.id(),
                decision.task(),
                chosen == null ? null : chosen.provider(),
                chosen == null ? null : chosen.model(),
                asked.startedAt()));
  }
}
