package io.commandcenter.akm.core.advice;

import io.commandcenter.akm.core.advice.Advice.Severity;
import io.commandcenter.akm.core.advice.Evidence.ProviderState;
import io.commandcenter.akm.core.advice.Evidence.TaskState;
import java.util.ArrayList;
import java.util.List;

/** Targets that a task names and that cannot answer now. */
final class TargetRules {
  private TargetRules() {}

  static List<Advice> of(Evidence evidence, TaskState task) {
    List<Advice> all = new ArrayList<>();
    if (task.now() == null) {
      all.add(
          Advice.of(
              Severity.CRITICAL,
              "no-candidate",
              task.task(),
              null,
              "No provider may take a request of %s now: %s".formatted(task.task(), task.why()),
              "call explain_decision or route_request with task %s and no prompt for each"
                      .formatted(task.task())
                  + " candidate's reason"));
    }
    evidence.providers().stream()
        .filter(provider -> task.targets().contains(provider.provider()))
        .forEach(provider -> judge(task, provider, all));
    return all;
  }

  private static void judge(TaskState task, ProviderState provider, List<Advice> all) {
    var name = provider.provider();
    if (!provider.enabled()) {
      // The configuration has a warning of its own for that.
      return;
    }
    if (provider.needsKey() && provider.keys() == 0) {
      all.add(
          advice(
              task,
              name,
              "no-key",
              "which has no usable key",
              "call add_api_key with provider %s, or take it out of the targets of routing.%s in"
                      .formatted(name, task.task())
                  + " routing.json"));
    } else if (provider.health().equals("down")) {
      var detail = provider.healthDetail() == null ? "" : " (" + provider.healthDetail() + ")";
      all.add(
          advice(
              task,
              name,
              "unhealthy-target",
              "which is down" + detail,
              "call validate_key with provider %s; if it stays down, put another provider first in the"
                      .formatted(name)
                  + " targets of routing."
                  + task.task()
                  + " in routing.json"));
    }
  }

  private static Advice advice(
      TaskState task, String provider, String kind, String fault, String change) {
    var instead =
        task.now() == null ? "and nobody else may answer" : "so requests go to " + task.now();
    return Advice.of(
        Severity.WARNING,
        kind,
        task.task(),
        provider,
        "%s names %s, %s, %s.".formatted(task.task(), provider, fault, instead),
        change);
  }

  /** Of a warning that the configuration's reader gave. */
  static Advice ofConfiguration(String warning) {
    return Advice.of(
        Severity.WARNING,
        "configuration",
        null,
        null,
        "The configuration has a flaw: " + warning,
        "change routing.json as said, then restart the server");
  }
}
