package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.RoutingView;
import io.commandcenter.akm.contract.RouterCalls.ShowRouting;
import io.commandcenter.akm.contract.RouterCalls.TargetView;
import io.commandcenter.akm.contract.RouterCalls.TaskView;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.util.stream.Collectors;

/** Which task goes where. */
final class RoutingResource implements Resource {
  private static final Card CARD =
      new Card(
          Uris.ROUTING,
          "routing",
          "Routing",
          "Which task goes to which provider and model, and the fallback order.",
          Scope.READ_ONLY);

  private final Asking bus;

  RoutingResource(Asking bus) {
    this.bus = bus;
  }

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Future<Document> read(Reading reading) {
    return bus.ask(RouterCalls.ROUTING, new ShowRouting())
        .map(routing -> new Document(Wire.toJson(routing), markdown(routing)));
  }

  private static String markdown(RoutingView routing) {
    var text = new Markdown("Routing");
    if (routing.tasks().isEmpty()) {
      text.say("No task is configured. Next: name some under `routing` in conf/routing.json.");
    } else {
      text.table(
          "task,strategy,targets in order",
          routing.tasks().stream()
              .map(task -> new Object[] {task.task(), task.strategy(), targets(task)}));
    }
    if (!routing.fallbackOrder().isEmpty()) {
      text.say("Fallback order: " + String.join(", ", routing.fallbackOrder()));
    }
    routing.warnings().forEach(warning -> text.say("Warning: " + warning));
    return text.render();
  }

  private static String targets(TaskView task) {
    boolean weighted = task.strategy().equals("weighted");
    return task.targets().stream()
        .map(target -> name(target) + (weighted ? " (weight " + target.weight() + ")" : ""))
        .collect(Collectors.joining(", "));
  }

  private static String name(TargetView target) {
    return target.model() == null ? target.provider() : target.provider() + "/" + target.model();
  }
}
