package io.commandcenter.akm.core.routing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which providers a query may go to, before anyone asks whether they can take it: groups in order,
 * each ordered within by its strategy.
 *
 * @param task null if none applies
 */
record Plan(String task, List<Group> groups) {

  record Group(StrategyName strategy, List<Step> steps) {}

  /**
   * @param model null for the provider's first that fits
   */
  record Step(String provider, String model, int weight, Reason reason, String detail) {}

  /** The strategy of the first group that has a choice, or of the first. */
  StrategyName strategy() {
    return groups.stream()
        .filter(group -> group.steps().size() > 1)
        .findFirst()
        .or(() -> groups.stream().findFirst())
        .map(Group::strategy)
        .orElse(StrategyName.PRIORITY);
  }

  /** The plan of a query whose names are all known. */
  static Plan of(Query query, RoutingFacts facts) {
    var task = Optional.ofNullable(task(query, facts));
    var groups = query.model() == null ? byTask(query, facts, task) : byModel(query, facts, task);
    return new Plan(task.map(Task::name).orElse(null), groups);
  }

  private static Task task(Query query, RoutingFacts facts) {
    return facts.tasks().get(query.effectiveTask());
  }

  private static List<Group> byTask(Query query, RoutingFacts facts, Optional<Task> task) {
    var targets = task.map(Task::targets).orElse(List.of());
    var groups = new ArrayList<Group>();
    if (query.provider() != null) {
      groups.add(new Group(StrategyName.PRIORITY, List.of(preferred(query.provider(), targets))));
    }
    if (!targets.isEmpty()) {
      var strategy = strategy(query, task);
      groups.add(new Group(strategy, targets(task.orElseThrow(), strategy)));
    }
    var listed = new LinkedHashSet<String>();
    groups.forEach(group -> group.steps().forEach(step -> listed.add(step.provider())));
    var strategy = groups.isEmpty() ? strategy(query, task) : StrategyName.PRIORITY;
    groups.add(new Group(strategy, fallbacks(facts, listed)));
    return groups;
  }

  private static StrategyName strategy(Query query, Optional<Task> task) {
    return query.strategy() != null
        ? query.strategy()
        : task.map(Task::strategy).orElse(StrategyName.PRIORITY);
  }

  private static Step preferred(String provider, List<Task.Target> targets) {
    var model =
        targets.stream()
            .filter(target -> target.provider().equals(provider))
            .findFirst()
            .map(Task.Target::model)
            .orElse(null);
    return new Step(provider, model, 1, Reason.PREFERRED, "the preferred provider");
  }

  private static List<Step> targets(Task task, StrategyName strategy) {
    boolean balanced = strategy == StrategyName.WEIGHTED && task.targets().size() > 1;
    long weights = task.targets().stream().mapToLong(Task.Target::weight).sum();
    var steps = new ArrayList<Step>();
    for (var target : task.targets()) {
      var detail =
          balanced
              ? "drawn by weight, " + target.weight() + " of " + weights
              : "target " + (steps.size() + 1) + " of task " + task.name();
      var reason = balanced ? Reason.LOAD_BALANCED : Reason.TASK_TARGET;
      steps.add(new Step(target.provider(), target.model(), target.weight(), reason, detail));
    }
    return steps;
  }

  private static List<Step> fallbacks(RoutingFacts facts, Set<String> listed) {
    return facts.fallbackOrder().stream()
        .filter(provider -> !listed.contains(provider))
        .distinct()
        .map(
            provider ->
                new Step(provider, null, 1, Reason.FALLBACK_ORDER, "next in fallback_order"))
        .toList();
  }

  private static List<Group> byModel(Query query, RoutingFacts facts, Optional<Task> task) {
    var name = ModelName.of(query.model(), facts);
    var targets = task.map(Task::targets).orElse(List.of());
    var steps =
        Stream.of(
                targets.stream().map(Task.Target::provider),
                facts.fallbackOrder().stream(),
                facts.providers().keySet().stream())
            .flatMap(providers -> providers)
            .distinct()
            .filter(facts.providers()::containsKey)
            .filter(provider -> name.offeredBy(facts.providers().get(provider)))
            .map(provider -> explicit(provider, name.model(), targets))
            .toList();
    var first = steps.stream().filter(step -> step.provider().equals(query.provider())).toList();
    var rest = steps.stream().filter(step -> !step.provider().equals(query.provider())).toList();
    var strategy = query.strategy() == null ? StrategyName.PRIORITY : query.strategy();
    return Stream.of(first, rest)
        .filter(group -> !group.isEmpty())
        .map(group -> new Group(strategy, group))
        .toList();
  }

  private static Step explicit(String provider, String model, List<Task.Target> targets) {
    int weight =
        targets.stream()
            .filter(target -> target.provider().equals(provider))
            .findFirst()
            .map(Task.Target::weight)
            .orElse(1);
    return new Step(
        provider, model, weight, Reason.EXPLICIT_MODEL, "offers the model that was asked for");
  }
}
