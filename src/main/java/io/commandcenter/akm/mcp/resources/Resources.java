package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.ProviderView;
import io.commandcenter.akm.contract.RouterCalls.ShowProviders;
import io.commandcenter.akm.contract.RouterCalls.ShowRouting;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Report;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** Every resource of this server. */
public final class Resources {
  private Resources() {}

  public static List<Resource> all(Asking bus) {
    return List.of(
        plain(
            new Resource.Card(
                "api://providers",
                "providers",
                "Providers and keys",
                "The providers with models, health, limits and masked keys.",
                Scope.READ_ONLY),
            () -> providers(bus)),
        plain(
            new Resource.Card(
                "api://usage",
                "usage",
                "Usage and budget",
                "Requests, tokens and cost in US dollars by provider, and the monthly budget.",
                Scope.READ_ONLY),
            () -> bus.ask(UsageCalls.REPORT, new Report(null)).map(Wire::toJson)),
        plain(
            new Resource.Card(
                "api://routing",
                "routing",
                "Routing",
                "Which task goes to which provider and model, and the fallback order.",
                Scope.READ_ONLY),
            () -> bus.ask(RouterCalls.ROUTING, new ShowRouting()).map(Wire::toJson)));
  }

  private static Resource plain(Resource.Card card, Supplier<Future<JsonObject>> content) {
    return new Resource() {
      @Override
      public Card card() {
        return card;
      }

      @Override
      public Future<Document> read(Reading reading) {
        return content.get().map(json -> new Document(json, json.encodePrettily()));
      }
    };
  }

  private static Future<JsonObject> providers(Asking bus) {
    var providers = bus.ask(RouterCalls.PROVIDERS, new ShowProviders());
    return bus.ask(VaultCalls.LIST, new ListKeys(null))
        .compose(keys -> providers.map(list -> join(list.providers(), keys.keys())));
  }

  /** Keys whose provider is no longer configured are shown apart, not lost. */
  private static JsonObject join(List<ProviderView> providers, List<KeyInfo> keys) {
    var names = providers.stream().map(ProviderView::provider).toList();
    var joined = new JsonArray();
    for (var provider : providers) {
      var own = keys.stream().filter(key -> key.provider().equals(provider.provider())).toList();
      joined.add(Wire.toJson(provider).put("key_list", array(own)));
    }
    var orphans = keys.stream().filter(key -> !names.contains(key.provider())).toList();
    var json = new JsonObject().put("providers", joined);
    return orphans.isEmpty() ? json : json.put("keys_without_provider", array(orphans));
  }

  private static JsonArray array(List<KeyInfo> keys) {
    return new JsonArray(keys.stream().map(Wire::toJson).toList());
  }
}
