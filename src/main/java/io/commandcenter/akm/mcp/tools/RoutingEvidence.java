package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.Candidate;
import io.commandcenter.akm.contract.RouterCalls.Decision;
import io.commandcenter.akm.contract.RouterCalls.ProviderList;
import io.commandcenter.akm.contract.RouterCalls.ProviderView;
import io.commandcenter.akm.contract.RouterCalls.RoutingView;
import io.commandcenter.akm.contract.RouterCalls.TargetView;
import io.commandcenter.akm.contract.RouterCalls.TaskView;
import io.commandcenter.akm.contract.StatsCalls;
import io.commandcenter.akm.contract.StatsCalls.ShowStats;
import io.commandcenter.akm.contract.StatsCalls.StatsRow;
import io.commandcenter.akm.contract.StatsCalls.StatsView;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Estimate;
import io.commandcenter.akm.contract.UsageCalls.EstimateView;
import io.commandcenter.akm.core.advice.Evidence;
import io.commandcenter.akm.core.advice.Evidence.ProviderState;
import io.commandcenter.akm.core.advice.Evidence.Rate;
import io.commandcenter.akm.core.advice.Evidence.TaskState;
import io.commandcenter.akm.core.advice.Evidence.Track;
import io.commandcenter.akm.core.advice.Place;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.core.routing.StrategyName;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Gathers what advice about the routing rests on, as far as this caller may see it. */
final class RoutingEvidence {
  static final int DAYS = 7;

  private static final int MOST_TASKS = 50;
  private static final int MOST_PRICES = 50;
  private static final String WEIGHTED = StrategyName.WEIGHTED.slug();
  private static final long MILLION = 1_000_000;

  private final Asking bus;

  RoutingEvidence(Asking bus) {
    this.bus = bus;
  }

  /**
   * @param only this task; null for all
   */
  Future<Evidence> gather(String only, Principal principal) {
    var routing = bus.ask(RouterCalls.ROUTING, new RouterCalls.ShowRouting());
    var providers = bus.ask(RouterCalls.PROVIDERS, new RouterCalls.ShowProviders());
    var stats = bus.ask(StatsCalls.STATS, new ShowStats(null, null, DAYS + "d", "task"));
    return Future.all(routing, providers, stats)
        .compose(all -> tasks(routing.result(), only, principal))
        .compose(
            tasks ->
                prices(tasks)
                    .map(
                        prices ->
                            evidence(
                                routing.result(),
                                providers.result(),
                                stats.result(),
                                tasks,
                                prices)));
  }

  private Future<List<TaskState>> tasks(RoutingView routing, String only, Principal principal) {
    var asked =
        routing.tasks().stream()
            .filter(task -> only == null || task.task().equals(only))
            .limit(MOST_TASKS)
            .map(task -> task(task, principal))
            .toList();
    return Future.join(asked)
        .map(all -> asked.stream().map(Future::result).flatMap(Optional::stream).toList());
  }

  /** Empty if this caller may not use the task, or has no request left to ask with. */
  private Future<Optional<TaskState>> task(TaskView task, Principal principal) {
    return bus.ask(RouterCalls.ROUTE, decisionOnly(task).from(principal))
        .map(answer -> Optional.of(state(task, answer.decision())))
        .otherwise(Optional.empty());
  }

  /** A draw would give other advice each time: of those the first target stands for all. */
  private static RouteRequest decisionOnly(TaskView task) {
    var strategy = task.strategy().equals(WEIGHTED) ? StrategyName.PRIORITY.slug() : null;
    return new RouteRequest(
        task.task(),
        null,
        null,
        strategy,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static TaskState state(TaskView task, Decision decision) {
    var able =
        decision.candidates().stream()
            .filter(candidate -> candidate.rank() != null)
            .map(RoutingEvidence::place)
            .toList();
    return new TaskState(
        task.task(),
        task.targets().stream().map(TargetView::provider).distinct().toList(),
        able.isEmpty() ? null : able.get(0),
        task.strategy().equals(WEIGHTED)
            ? "its targets share it by weight; of the first one: " + decision.explanation()
            : decision.explanation(),
        able.stream().skip(1).toList());
  }

  private static Place place(Candidate candidate) {
    return new Place(candidate.provider(), candidate.model());
  }

  private Future<Map<Place, Rate>> prices(List<TaskState> tasks) {
    var places =
        tasks.stream()
            .flatMap(task -> task.others().stream())
            .distinct()
            .limit(MOST_PRICES)
            .toList();
    Map<Place, Rate> prices = new HashMap<>();
    var asked =
        places.stream()
            .map(
                place ->
                    bus.ask(UsageCalls.ESTIMATE, million(place))
                        .onSuccess(view -> rate(view).ifPresent(rate -> prices.put(place, rate)))
                        // One without a price is no cheaper one.
                        .otherwiseEmpty())
            .toList();
    return Future.join(asked).map(all -> prices);
  }

  private static Estimate million(Place place) {
    return new Estimate(place.provider(), place.model(), MILLION, 0L, null);
  }

  private static Optional<Rate> rate(EstimateView view) {
    return view.inputUsdPerMtok() == null || view.outputUsdPerMtok() == null
        ? Optional.empty()
        : Optional.of(
            new Rate(Usd.toNanos(view.inputUsdPerMtok()), Usd.toNanos(view.outputUsdPerMtok())));
  }

  private static Evidence evidence(
      RoutingView routing,
      ProviderList providers,
      StatsView stats,
      List<TaskState> tasks,
      Map<Place, Rate> prices) {
    return new Evidence(
        DAYS,
        tasks,
        providers.providers().stream().map(RoutingEvidence::state).toList(),
        stats.rows().stream()
            .filter(row -> row.model() != null)
            .map(row -> track(row, stats.until()))
            .toList(),
        prices,
        routing.warnings());
  }

  private static ProviderState state(ProviderView view) {
    return new ProviderState(
        view.provider(),
        view.enabled(),
        view.health(),
        view.healthDetail(),
        view.keys(),
        view.needsKey());
  }

  private static Track track(StatsRow row, Instant until) {
    return new Track(
        row.task(),
        new Place(row.provider(), row.model()),
        row.requests(),
        row.ok(),
        row.cancelled(),
        Objects.requireNonNullElse(row.errors().get(ErrorClass.RATE_LIMIT.slug()), 0L),
        row.p50Ms(),
        row.inputTokens(),
        row.outputTokens(),
        Usd.toNanos(row.costUsd()),
        Duration.between(row.since(), until));
  }
}
