package io.commandcenter.akm.core.routing;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The original configuration with a key for each provider that needs one, to be changed by tests.
 */
final class Situation {
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  final FixedPrices prices = FixedPrices.original();
  final Map<String, Task> tasks = new LinkedHashMap<>();
  final List<String> fallbackOrder =
      new ArrayList<>(List.of("anthropic", "openai", "google", "local"));
  private final Map<String, ProviderFacts> providers = new LinkedHashMap<>();
  private final Map<Cooled, Duration> cooling = new HashMap<>();
  private final RandomGenerator random = new SplittableRandom(42);

  Situation() {
    provider("anthropic", true, EmbeddingSupport.NONE, "claude-3-5-sonnet", "claude-3-opus");
    provider("openai", true, EmbeddingSupport.EMBEDDING_MODELS, "gpt-4", "gpt-3.5-turbo");
    provider("google", true, EmbeddingSupport.EMBEDDING_MODELS, "gemini-pro");
    provider("local", false, EmbeddingSupport.ANY_MODEL, "codellama", "mistral");
    change("google", p -> enabled(p, false));
    task("code_generation", StrategyName.PRIORITY, target("anthropic"));
    task("embeddings", StrategyName.PRIORITY, target("local"));
    task("analysis", StrategyName.PRIORITY, target("openai"));
    task("chat", StrategyName.PRIORITY, target("anthropic"));
  }

  void provider(String name, boolean needsKey, EmbeddingSupport embeddings, String... models) {
    var keys =
        needsKey ? List.of(new KeyFacts("key_" + name, "main", 1, true)) : List.<KeyFacts>of();
    providers.put(
        name,
        new ProviderFacts(
            name,
            true,
            needsKey,
            embeddings,
            List.of(models),
            keys,
            Condition.UNKNOWN,
            false,
            Duration.ZERO));
  }

  void task(String name, StrategyName strategy, Task.Target... targets) {
    tasks.put(name, new Task(name, strategy, List.of(targets)));
  }

  static Task.Target target(String provider) {
    return new Task.Target(provider, null, 1);
  }

  void change(String provider, UnaryOperator<ProviderFacts> change) {
    providers.computeIfPresent(provider, (name, facts) -> change.apply(facts));
  }

  void cool(String provider, String keyId, String model, Duration wait) {
    cooling.put(new Cooled(provider, keyId, model), wait);
  }

  static ProviderFacts enabled(ProviderFacts p, boolean enabled) {
    return new ProviderFacts(
        p.name(),
        enabled,
        p.needsKey(),
        p.embeddings(),
        p.models(),
        p.keys(),
        p.condition(),
        p.trialRunning(),
        p.limitWait());
  }

  static ProviderFacts keys(ProviderFacts p, KeyFacts... keys) {
    return new ProviderFacts(
        p.name(),
        p.enabled(),
        p.needsKey(),
        p.embeddings(),
        p.models(),
        List.of(keys),
        p.condition(),
        p.trialRunning(),
        p.limitWait());
  }

  static ProviderFacts condition(ProviderFacts p, Condition condition, boolean trialRunning) {
    return new ProviderFacts(
        p.name(),
        p.enabled(),
        p.needsKey(),
        p.embeddings(),
        p.models(),
        p.keys(),
        condition,
        trialRunning,
        p.limitWait());
  }

  static ProviderFacts limited(ProviderFacts p, Duration wait) {
    return new ProviderFacts(
        p.name(),
        p.enabled(),
        p.needsKey(),
        p.embeddings(),
        p.models(),
        p.keys(),
        p.condition(),
        p.trialRunning(),
        wait);
  }

  void down(String provider) {
    change(provider, p -> condition(p, Condition.DOWN, false));
  }

  Outcome decide(Query query) {
    var facts = new RoutingFacts(providers, tasks, fallbackOrder, cooling, prices);
    return Routing.decide(query, facts, NOW, random);
  }

  Outcome.Verdict verdict(Query query) {
    return ((Outcome.Decided) decide(query)).verdict();
  }

  /** {@code 1 provider/model key reason: detail} for the taken, {@code - …} for the others. */
  String golden(Query query) {
    var verdict = verdict(query);
    var lines = new ArrayList<String>();
    for (var c : verdict.candidates()) {
      lines.add(
          "%d %s/%s %s %s: %s"
              .formatted(
                  lines.size() + 1,
                  c.provider(),
                  c.model(),
                  c.keyId(),
                  c.reason().slug(),
                  c.detail()));
    }
    for (var e : verdict.excluded()) {
      lines.add(
          "- %s/%s %s %s: %s"
              .formatted(e.provider(), e.model(), e.keyId(), e.reason().slug(), e.detail()));
    }
    lines.add(verdict.explanation());
    return lines.stream().collect(joining("\n", "", "\n"));
  }

  /** The providers in the order of trying. */
  List<String> order(Query query) {
    return verdict(query).candidates().stream().map(Candidate::provider).toList();
  }

  /** The reason why a provider was passed over. */
  Reason exclusion(Query query, String provider) {
    return verdict(query).excluded().stream()
        .filter(e -> e.provider().equals(provider))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  static Query chat(String task) {
    return new Query(Operation.CHAT, task, null, null, null, new Query.Size(1000, 1000, null));
  }

  static Query embed(String task) {
    return new Query(Operation.EMBEDDINGS, task, null, null, null, new Query.Size(1000, 0, null));
  }

  static Query provider(String provider) {
    return new Query(Operation.CHAT, null, provider, null, null, new Query.Size(1000, 1000, null));
  }

  static Query model(String model) {
    return new Query(Operation.CHAT, null, null, model, null, new Query.Size(1000, 1000, null));
  }
}
