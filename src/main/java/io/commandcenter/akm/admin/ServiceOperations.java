package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.BudgetCalls.ShowBudget;
import io.commandcenter.akm.contract.HealthCalls;
import io.commandcenter.akm.contract.HealthCalls.ShowHealth;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.CancelRoute;
import io.commandcenter.akm.contract.RouterCalls.ShowProviders;
import io.commandcenter.akm.contract.RouterCalls.ShowRouting;
import io.commandcenter.akm.contract.StatsCalls;
import io.commandcenter.akm.contract.StatsCalls.ShowStats;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Breakdown;
import io.commandcenter.akm.contract.UsageCalls.Estimate;
import io.commandcenter.akm.contract.UsageCalls.Report;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations that route, count and look. */
final class ServiceOperations {
  private static final Logger log = LoggerFactory.getLogger(ServiceOperations.class);

  private final Asking bus;
  private final Supplier<String> callIds;

  /**
   * @param callIds names that never repeat, one for each routed request
   */
  ServiceOperations(Asking bus, Supplier<String> callIds) {
    this.bus = bus;
    this.callIds = callIds;
  }

  Map<String, Action> table() {
    return Map.ofEntries(
        entry(
            "listProviders",
            call -> bus.ask(RouterCalls.PROVIDERS, new ShowProviders()).map(Answer::ok)),
        entry(
            "getRouting", call -> bus.ask(RouterCalls.ROUTING, new ShowRouting()).map(Answer::ok)),
        entry(
            "getDecision",
            call ->
                bus.ask(
                        RouterCalls.DECISION,
                        new RouterCalls.ShowDecision(call.inPath("decision_id")))
                    .map(Answer::ok)),
        entry("route", this::route),
        entry("getUsage", this::usage),
        entry("getUsageBreakdown", this::breakdown),
        entry("getStats", this::stats),
        entry("estimate", this::estimate),
        entry("getBudget", call -> bus.ask(BudgetCalls.BUDGET, new ShowBudget()).map(Answer::ok)),
        entry("getHealth", call -> bus.ask(HealthCalls.STATUS, new ShowHealth()).map(Answer::ok)));
  }

  private static Map.Entry<String, Action> entry(String operation, Action action) {
    return Map.entry(operation, action);
  }

  private Future<Answer> route(AdminCall call) {
    // The contract knows neither `principal` nor `grant`: both are the token's, never the caller's.
    var request = Wire.fromJson(call.body(), RouteRequest.class).from(call.by());
    if (request.decisionOnly()) {
      return bus.ask(RouterCalls.ROUTE, request).map(Answer::ok);
    }
    var named = request.called(callIds.get());
    var answer = bus.ask(RouterCalls.ROUTE, named);
    call.leaving().accept(() -> cancel(named));
    return answer.map(Answer::ok);
  }

  /** Who has left pays for nothing more. */
  private void cancel(RouteRequest request) {
    bus.ask(RouterCalls.CANCEL, new CancelRoute(request.callId(), request.principal()))
        .onFailure(cause -> log.warn("a request was not cancelled: {}", cause.getMessage()));
  }

  private Future<Answer> usage(AdminCall call) {
    return bus.ask(UsageCalls.REPORT, new Report(call.inQuery("provider"))).map(Answer::ok);
  }

  private Future<Answer> breakdown(AdminCall call) {
    var question =
        new Breakdown(
            call.inQuery("by"), call.day("from"), call.day("to"), call.inQuery("provider"));
    return bus.ask(UsageCalls.BREAKDOWN, question).map(Answer::ok);
  }

  private Future<Answer> stats(AdminCall call) {
    var question =
        new ShowStats(
            call.inQuery("provider"),
            call.inQuery("model"),
            call.inQuery("window"),
            call.inQuery("by"));
    return bus.ask(StatsCalls.STATS, question).map(Answer::ok);
  }

  private Future<Answer> estimate(AdminCall call) {
    return bus.ask(UsageCalls.ESTIMATE, Wire.fromJson(call.body(), Estimate.class)).map(Answer::ok);
  }
}
