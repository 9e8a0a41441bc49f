package io.commandcenter.akm.core.advice;

import io.commandcenter.akm.core.advice.Advice.Severity;
import io.commandcenter.akm.core.advice.Evidence.ProviderState;
import io.commandcenter.akm.core.advice.Evidence.Track;
import java.util.ArrayList;
import java.util.List;

/** Providers that are used too much, or not at all. */
final class ProviderRules {
  private static final double LIMITED = 0.05;

  private ProviderRules() {}

  static List<Advice> of(Evidence evidence) {
    List<Advice> all = new ArrayList<>();
    for (var provider : evidence.providers()) {
      var tracks =
          evidence.tracks().stream()
              .filter(track -> track.place().provider().equals(provider.provider()))
              .toList();
      var sum = Track.sum(new Place(provider.provider(), null), tracks);
      if (sum.tried() >= TrafficRules.ENOUGH && sum.rateLimited() >= LIMITED * sum.tried()) {
        all.add(limited(sum));
      } else if (sum.requests() == 0 && isIdle(evidence, provider)) {
        all.add(idle(evidence, provider));
      }
    }
    return all;
  }

  private static Advice limited(Track sum) {
    var name = sum.place().provider();
    return Advice.of(
        Severity.WARNING,
        "rate-limited",
        null,
        name,
        "%s refused %d of %d attempts in %s for its rate limit."
            .formatted(name, sum.rateLimited(), sum.tried(), Words.span(sum.over())),
        "call add_api_key for a second key of %s, set rate_limit of providers.%s in"
                .formatted(name, name)
            + " routing.json to what it allows, or spread its tasks with strategy weighted");
  }

  /** Has a key that somebody pays for or guards, while others are used. */
  private static boolean isIdle(Evidence evidence, ProviderState provider) {
    return evidence.attempts() > 0
        && provider.enabled()
        && provider.needsKey()
        && provider.keys() > 0
        && evidence.tasks().stream()
            .noneMatch(
                task -> task.now() != null && task.now().provider().equals(provider.provider()));
  }

  private static Advice idle(Evidence evidence, ProviderState provider) {
    var name = provider.provider();
    return Advice.of(
        Severity.SUGGESTION,
        "unused-provider",
        null,
        name,
        "%s has %d usable %s and took none of the %s attempts of the last %d days."
            .formatted(
                name,
                provider.keys(),
                provider.keys() == 1 ? "key" : "keys",
                Words.count(evidence.attempts()),
                evidence.days()),
        "name it in the targets of a task in routing.json, or take its keys out of use");
  }
}
