package io.commandcenter.akm.core.routing;

import io.commandcenter.akm.core.money.ModelFacts;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.routing.Plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds the model of a step and bounds what the query costs there. */
final class Offers {
  private final Query query;
  private final RoutingFacts facts;
  private final Instant now;

  Offers(Query query, RoutingFacts facts, Instant now) {
    this.query = query;
    this.facts = facts;
    this.now = now;
  }

  Offer of(Step step) {
    var provider = facts.providers().get(step.provider());
    var model = model(step, provider);
    if (model.isEmpty()) {
      return new Offer(step, provider, null, null, 0, null);
    }
    var known = facts.prices().factsOf(provider.name(), model.get());
    long maxOutput = maxOutput(known);
    return new Offer(
        step,
        provider,
        model.get(),
        known.map(ModelFacts::context).orElse(null),
        maxOutput,
        facts
            .prices()
            .priceOf(provider.name(), model.get(), now)
            .map(price -> maxCost(price, maxOutput))
            .orElse(null));
  }

  private Optional<String> model(Step step, ProviderFacts provider) {
    if (step.model() != null) {
      return Optional.of(step.model()).filter(model -> fits(provider, model, true));
    }
    var fitting = fitting(provider);
    // One that is not allowed stays the offer if no other fits: so its exclusion says why.
    return fitting.stream()
        .filter(model -> query.grant().allows(provider.name(), model))
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  private List<String> fitting(ProviderFacts provider) {
    var fitting = provider.models().stream().filter(model -> fits(provider, model, false)).toList();
    return fitting.isEmpty() && anyModelEmbeds(provider) ? provider.models() : fitting;
  }

  private boolean anyModelEmbeds(ProviderFacts provider) {
    return query.operation() == Operation.EMBEDDINGS
        && provider.embeddings() == EmbeddingSupport.ANY_MODEL;
  }

  /**
   * @param named by the configuration or the caller, who may know a model the catalogue does not
   */
  private boolean fits(ProviderFacts provider, String model, boolean named) {
    var embeds = facts.prices().factsOf(provider.name(), model).map(ModelFacts::embeds);
    if (query.operation() == Operation.CHAT) {
      return !embeds.orElse(false);
    }
    return provider.embeddings() != EmbeddingSupport.NONE
        && (embeds.orElse(named) || (named && anyModelEmbeds(provider)));
  }

  private long maxOutput(Optional<ModelFacts> known) {
    if (query.operation() == Operation.EMBEDDINGS) {
      return 0;
    }
    long wanted = query.size().maxOutputTokens();
    return known.map(ModelFacts::maxOutput).map(limit -> Math.min(limit, wanted)).orElse(wanted);
  }

  private long maxCost(Price price, long maxOutput) {
    try {
      return price.maxCostNanos(query.size().maxInputTokens(), maxOutput);
    } catch (ArithmeticException tooLarge) {
      return Long.MAX_VALUE;
    }
  }
}
