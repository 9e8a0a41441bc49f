package io.commandcenter.akm.simulator;

import io.commandcenter.akm.simulator.anthropic.AnthropicDialect;
import io.commandcenter.akm.simulator.google.GoogleDialect;
import io.commandcenter.akm.simulator.ollama.OllamaDialect;
import io.commandcenter.akm.simulator.openai.OpenAiDialect;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The four simulated providers, each on its own free loopback port. */
public final class Simulator {
  private final Map<String, SimulatedProvider> providers;

  private Simulator(List<SimulatedProvider> providers) {
    this.providers =
        providers.stream()
            .collect(Collectors.toUnmodifiableMap(SimulatedProvider::name, Function.identity()));
  }

  public static Future<Simulator> start(Vertx vertx) {
    var starting =
        Stream.of(
                new AnthropicDialect(),
                new OpenAiDialect(),
                new GoogleDialect(),
                new OllamaDialect())
            .map(dialect -> SimulatedProvider.start(vertx, dialect))
            .toList();
    return Future.all(starting).map(all -> new Simulator(all.list()));
  }

  /**
   * @param name anthropic, openai, google or ollama
   */
  public SimulatedProvider provider(String name) {
    var provider = providers.get(name);
    if (provider == null) {
      throw new IllegalArgumentException("no simulated provider of this name: " + name);
    }
    return provider;
  }

  public Future<Void> close() {
    return Future.join(providers.values().stream().map(SimulatedProvider::close).toList())
        .mapEmpty();
  }
}
