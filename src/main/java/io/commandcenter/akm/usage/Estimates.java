package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.UsageCalls.Estimate;
import io.commandcenter.akm.contract.UsageCalls.EstimateView;
import io.commandcenter.akm.core.money.ModelFacts;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.usage.ModelSearch.Found;
import io.commandcenter.akm.usage.TokenCounter.Count;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What a request would cost, at the price in force now. */
final class Estimates {
  private final Vertx vertx;
  private final ModelSearch search;
  private final TokenCounter counter;
  private final Clock clock;

  Estimates(Vertx vertx, ModelSearch search, TokenCounter counter, Clock clock) {
    this.vertx = vertx;
    this.search = search;
    this.counter = counter;
    this.clock = clock;
  }

  Future<EstimateView> estimate(Estimate ask) {
    var found = search.find(ask.provider(), ask.model(), clock.instant());
    return count(ask, found).map(count -> view(ask, found, count));
  }

  /** One text after the other: counting is bounded by one worker thread at a time. */
  private Future<Count> count(Estimate ask, Found found) {
    if (ask.text() == null) {
      return Future.succeededFuture(new Count(ask.inputTokens(), "given", null));
    }
    return vertx.executeBlocking(
        () -> counter.count(found.vendor(), found.model(), ask.text()), true);
  }

  private EstimateView view(Estimate ask, Found found, Count count) {
    long output = ask.outputTokens() == null ? 0 : ask.outputTokens();
    var usage = TokenUsage.of(count.tokens(), output);
    return new EstimateView(
        found.provider(),
        found.model(),
        usage.input(),
        usage.output(),
        Usd.ofNanos(found.price().costNanos(usage)),
        Price.usdPerMtok(found.price().input()),
        Price.usdPerMtok(found.price().output()),
        count.method(),
        found.price().source(),
        notes(found, count, usage));
  }

  private List<String> notes(Found found, Count count, TokenUsage usage) {
    List<String> notes = new ArrayList<>();
    if (count.note() != null) {
      notes.add(count.note());
    }
    if (found.capped()) {
      notes.add("no price is known for this model; the configured cap is assumed");
    }
    if (found.price().tiers().stream().anyMatch(tier -> usage.prompt() > tier.aboveInputTokens())) {
      notes.add("a prompt of this length has dearer rates than the ones shown");
    }
    found.facts().ifPresent(facts -> noteEnd(notes, facts));
    return List.copyOf(notes);
  }

  private void noteEnd(List<String> notes, ModelFacts facts) {
    if (facts.retiredOn(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))) {
      notes.add("this model is retired" + instead(facts));
    } else if (facts.endsOn() != null) {
      notes.add("this model ends on " + facts.endsOn() + instead(facts));
    }
  }

  private static String instead(ModelFacts facts) {
    return facts.replacement() == null ? "" : "; use " + facts.replacement();
  }
}
