package io.commandcenter.akm.core.routing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** A decision as one sentence for a person. */
final class Explanation {
  private Explanation() {}

  static String of(String task, List<Candidate> candidates, List<Excluded> excluded) {
    var subject = task == null ? "The request" : "Task " + task;
    var passedOver =
        excluded.stream()
            .map(e -> e.provider() + " (" + e.reason().words() + ")")
            .collect(Collectors.toCollection(LinkedHashSet::new));
    var over = passedOver.isEmpty() ? "" : "; passed over: " + String.join(", ", passedOver);
    if (candidates.isEmpty()) {
      return subject + " goes to nobody" + over + ".";
    }
    var first = candidates.get(0);
    var then =
        candidates.stream()
            .map(Candidate::provider)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    then.remove(first.provider());
    return "%s goes to %s with %s (%s)%s%s."
        .formatted(
            subject,
            first.provider(),
            first.model(),
            first.detail(),
            then.isEmpty() ? "" : "; then " + String.join(", ", then),
            over);
  }
}
