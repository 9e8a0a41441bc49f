package io.commandcenter.akm.core.advice;

import io.commandcenter.akm.core.advice.Advice.Severity;
import io.commandcenter.akm.core.advice.Evidence.TaskState;
import io.commandcenter.akm.core.advice.Evidence.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the record of a task says of better places for it. */
final class TrafficRules {
  /** With fewer attempts a rate says nothing. */
  static final long ENOUGH = 20;

  private static final double POOR = 0.9;
  private static final double CHEAPER_BY = 0.1;
  private static final double FASTER_BY = 0.3;
  private static final Duration MONTH = Duration.ofDays(30);

  /** Ten cents a month; for less nobody changes a configuration. */
  private static final long WORTH_NANOS = 100_000_000;

  private final Evidence evidence;
  private final TaskState task;
  private final Track now;

  private TrafficRules(Evidence evidence, TaskState task, Track now) {
    this.evidence = evidence;
    this.task = task;
    this.now = now;
  }

  /** Nothing without enough traffic of the task where it goes now. */
  static List<Advice> of(Evidence evidence, TaskState task) {
    return evidence.tracks().stream()
        .filter(track -> task.task().equals(track.task()) && track.place().equals(task.now()))
        .filter(track -> track.tried() >= ENOUGH)
        .findFirst()
        .map(now -> new TrafficRules(evidence, task, now).advice())
        .orElse(List.of());
  }

  private List<Advice> advice() {
    List<Advice> all = new ArrayList<>();
    poor().ifPresent(all::add);
    var cheaper = best(Comparator.comparingLong(this::saving).reversed(), this::isCheaper);
    var faster = best(Comparator.comparingLong(Track::p50Ms), this::isFaster);
    cheaper.map(this::cheaper).ifPresent(all::add);
    faster
        .filter(one -> cheaper.map(other -> !other.place().equals(one.place())).orElse(true))
        .map(this::faster)
        .ifPresent(all::add);
    return all;
  }

  private Optional<Track> best(
      Comparator<Track> order, java.util.function.Predicate<Track> condition) {
    return task.others().stream()
        .filter(place -> !place.equals(task.now()))
        .distinct()
        .map(this::record)
        .filter(one -> one.tried() >= ENOUGH && one.successRate() >= now.successRate())
        .filter(condition)
        .min(order.thenComparing(one -> one.place().toString()));
  }

  /** Of every task: whether a place is reliable and fast does not hang on who asks. */
  private Track record(Place place) {
    return Track.sum(
        place, evidence.tracks().stream().filter(track -> track.place().equals(place)).toList());
  }

  private long costAt(Place place) {
    var rate = evidence.prices().get(place);
    return rate == null ? Long.MAX_VALUE : rate.cost(now.inputTokens(), now.outputTokens());
  }

  private boolean isCheaper(Track one) {
    return evidence.prices().containsKey(one.place())
        && costAt(one.place()) <= now.costNanos() * (1 - CHEAPER_BY)
        && saving(one) >= WORTH_NANOS;
  }

  /** In nano-dollars a month; negative if it would cost more. */
  private long saving(Track one) {
    return evidence.prices().containsKey(one.place())
        ? Math.round(
            (double) (now.costNanos() - costAt(one.place()))
                * MONTH.toSeconds()
                / Math.max(1, now.over().toSeconds()))
        : 0;
  }

  private boolean isFaster(Track one) {
    return one.p50Ms() != null
        && now.p50Ms() != null
        && one.p50Ms() <= now.p50Ms() * (1 - FASTER_BY);
  }

  private Advice cheaper(Track one) {
    return new Advice(
        Severity.SUGGESTION,
        "cheaper",
        task.task(),
        one.place().provider(),
        "%s spent %s at %s in %s; the same %s tokens at %s cost %s, and %s of its %d attempts are ok against %s."
            .formatted(
                task.task(),
                Words.usd(now.costNanos()),
                now.place(),
                Words.span(now.over()),
                Words.count(now.inputTokens() + now.outputTokens()),
                one.place(),
                Words.usd(costAt(one.place())),
                Words.percent(one.successRate()),
                one.tried(),
                Words.percent(now.successRate())),
        first(one.place()),
        saving(one));
  }

  private Advice faster(Track one) {
    long saving = saving(one);
    var cost = saving >= 0 ? "" : ", for %s more a month".formatted(Words.usd(-saving));
    return new Advice(
        Severity.SUGGESTION,
        "faster",
        task.task(),
        one.place().provider(),
        "%s takes %d ms (median) at %s; %s takes %d ms, and %s of its %d attempts are ok against %s%s."
            .formatted(
                task.task(),
                now.p50Ms(),
                now.place(),
                one.place(),
                one.p50Ms(),
                Words.percent(one.successRate()),
                one.tried(),
                Words.percent(now.successRate()),
                cost),
        first(one.place()),
        evidence.prices().containsKey(one.place()) ? saving : null);
  }

  private String first(Place place) {
    return "put {\"provider\": \"%s\", \"model\": \"%s\"} first in the targets of routing.%s in routing.json"
        .formatted(place.provider(), place.model(), task.task());
  }

  private Optional<Advice> poor() {
    if (now.successRate() >= POOR) {
      return Optional.empty();
    }
    var better =
        best(Comparator.comparingDouble((Track one) -> -one.successRate()), this::isBetter);
    return Optional.of(
        Advice.of(
            Severity.WARNING,
            "unreliable",
            task.task(),
            now.place().provider(),
            "Only %s of %d attempts of %s at %s were ok in %s."
                .formatted(
                    Words.percent(now.successRate()),
                    now.tried(),
                    task.task(),
                    now.place(),
                    Words.span(now.over())),
            better
                .map(
                    one ->
                        first(one.place())
                            + ": "
                            + Words.percent(one.successRate())
                            + " are ok there")
                .orElse(
                    "call get_provider_stats with provider %s and window 7d for the errors"
                        .formatted(now.place().provider()))));
  }

  private boolean isBetter(Track one) {
    return one.successRate() > now.successRate();
  }
}
