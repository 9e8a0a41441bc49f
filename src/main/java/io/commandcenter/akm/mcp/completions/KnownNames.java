package io.commandcenter.akm.mcp.completions;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.ProviderView;
import io.commandcenter.akm.contract.RouterCalls.ShowProviders;
import io.commandcenter.akm.contract.RouterCalls.ShowRouting;
import io.commandcenter.akm.contract.RouterCalls.TaskView;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names there are, best first. */
final class KnownNames {
  private static final int DAYS = 14;

  private final Asking bus;
  private final InstantSource clock;

  KnownNames(Asking bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
  }

  Future<List<String>> providers() {
    return views().map(all -> all.stream().map(ProviderView::provider).toList());
  }

  /**
   * @param provider only its models, or null for all: each alone, then with its provider
   */
  Future<List<String>> models(String provider) {
    return views()
        .map(
            all ->
                provider == null
                    ? Stream.concat(
                            all.stream().flatMap(one -> one.models().stream()),
                            all.stream()
                                .flatMap(
                                    one ->
                                        one.models().stream()
                                            .map(model -> one.provider() + "/" + model)))
                        .toList()
                    : all.stream()
                        .filter(one -> one.provider().equals(provider))
                        .flatMap(one -> one.models().stream())
                        .toList());
  }

  Future<List<String>> tasks() {
    return bus.ask(RouterCalls.ROUTING, new ShowRouting())
        .map(routing -> routing.tasks().stream().map(TaskView::task).toList());
  }

  /**
   * @param provider only its keys, or null for all
   */
  Future<List<String>> labels(String provider) {
    return bus.ask(VaultCalls.LIST, new ListKeys(provider))
        .map(
            list ->
                list.keys().stream()
                    .filter(key -> !key.state().equals("revoked"))
                    .map(KeyInfo::label)
                    .toList());
  }

  /** The last days, UTC, today first. */
  Future<List<String>> days() {
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return Future.succeededFuture(
        IntStream.range(0, DAYS).mapToObj(back -> today.minusDays(back).toString()).toList());
  }

  private Future<List<ProviderView>> views() {
    return bus.ask(RouterCalls.PROVIDERS, new ShowProviders()).map(list -> list.providers());
  }
}
