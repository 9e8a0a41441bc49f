package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouterCalls.DecisionView;
import io.commandcenter.akm.contract.RouterCalls.ShowDecision;
import io.commandcenter.akm.core.money.Usd;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last decisions, so that whoever got an answer can look up why it came from there. */
final class Decisions {
  private static final int KEPT = 10_000;

  private static final class Entry {
    final Decided decision;
    End end;

    Entry(Decided decision) {
      this.decision = decision;
    }
  }

  private record End(List<AttemptEnd> attempts, long spentNanos) {}

  private final Map<String, Entry> entries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
          return size() > KEPT;
        }
      };

  synchronized void made(Decided decision) {
    entries.put(decision.id(), new Entry(decision));
  }

  /**
   * @param attempts every one, in order, however the request ended
   */
  synchronized void ended(String decisionId, List<AttemptEnd> attempts, long spentNanos) {
    var entry = entries.get(decisionId);
    if (entry != null) {
      entry.end = new End(attempts, spentNanos);
    }
  }

  synchronized Future<DecisionView> show(ShowDecision ask) {
    var entry = entries.get(ask.decisionId());
    if (entry == null) {
      throw new Failure(
          Code.NOT_FOUND,
          "no such decision is kept: the last 10,000 are, until the server restarts; a request's"
              + " answer names its decision");
    }
    var end = entry.end;
    return Future.succeededFuture(
        new DecisionView(
            entry.decision.asked().requestId(),
            entry.decision.asked().request().principal(),
            entry.decision.wire(),
            end == null ? List.of() : end.attempts().stream().map(AttemptEnd::wire).toList(),
            end == null ? null : Usd.ofNanos(end.spentNanos())));
  }
}
