package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.ProviderView;
import io.commandcenter.akm.contract.RouterCalls.ShowProviders;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.vertx.core.Future;
import java.util.List;

/** The providers, and their keys for whoever may see them. */
final class ProviderDirectory {
  private final Asking bus;

  ProviderDirectory(Asking bus) {
    this.bus = bus;
  }

  /** Why the keys are or are not there. */
  enum Keys {
    SHOWN,
    HIDDEN,
    SEALED
  }

  /**
   * @param keys none unless they are shown
   */
  record Listing(List<ProviderView> providers, List<KeyInfo> keys, Keys shown) {
    Listing {
      providers = List.copyOf(providers);
      keys = List.copyOf(keys);
    }

    List<KeyInfo> of(String provider) {
      return keys.stream().filter(key -> key.provider().equals(provider)).toList();
    }

    List<String> names() {
      return providers.stream().map(ProviderView::provider).toList();
    }
  }

  /**
   * @param provider only this one's keys, or null for all
   */
  Future<Listing> list(String provider, Principal reader) {
    var providers = bus.ask(RouterCalls.PROVIDERS, new ShowProviders());
    if (!reader.scope().includes(Scope.OPERATOR)) {
      return providers.map(list -> new Listing(list.providers(), List.of(), Keys.HIDDEN));
    }
    return bus.ask(VaultCalls.LIST, new ListKeys(provider))
        .compose(
            keys -> providers.map(all -> new Listing(all.providers(), keys.keys(), Keys.SHOWN)))
        .recover(
            cause ->
                cause instanceof Failure failure && failure.code() == Code.SEALED
                    ? providers.map(all -> new Listing(all.providers(), List.of(), Keys.SEALED))
                    : Future.failedFuture(cause));
  }
}
