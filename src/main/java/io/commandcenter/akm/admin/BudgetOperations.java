package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.BudgetCalls.SetBudget;
import io.commandcenter.akm.contract.TrackCalls;
import io.commandcenter.akm.contract.TrackCalls.Track;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.Map;

/** The operations that change what may be spent and what was. */
final class BudgetOperations {
  private final Asking bus;

  BudgetOperations(Asking bus) {
    this.bus = bus;
  }

  /** The body of setBudget. */
  record NewBudget(BigDecimal monthlyUsd, Boolean hard, Boolean remove) {}

  Map<String, Action> table() {
    return Map.of("setBudget", this::set, "trackUsage", this::track);
  }

  private Future<Answer> set(AdminCall call) {
    var budget = Wire.fromJson(call.body(), NewBudget.class);
    var ask = new SetBudget(budget.monthlyUsd(), budget.hard(), budget.remove(), call.by().id());
    return bus.ask(BudgetCalls.SET_BUDGET, ask).map(Answer::ok);
  }

  private Future<Answer> track(AdminCall call) {
    // The contract knows neither `principal` nor `limits`: both are the token's, never its
    // bearer's.
    var track = Wire.fromJson(call.body(), Track.class).from(call.by());
    return bus.ask(TrackCalls.TRACK, track).map(Answer::ok);
  }
}
