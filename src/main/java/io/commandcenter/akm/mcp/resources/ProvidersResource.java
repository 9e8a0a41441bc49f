package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.mcp.resources.ProviderDirectory.Keys;
import io.commandcenter.akm.mcp.resources.ProviderDirectory.Listing;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Every provider, and the keys. */
final class ProvidersResource implements Resource {
  private static final Card CARD =
      new Card(
          Uris.PROVIDERS,
          "providers",
          "Providers and keys",
          "The providers with models, health and limits; for operators also the masked keys.",
          Scope.READ_ONLY);

  private final ProviderDirectory directory;

  ProvidersResource(Asking bus) {
    directory = new ProviderDirectory(bus);
  }

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Future<Document> read(Reading reading) {
    return directory
        .list(null, reading.reader())
        .map(listing -> new Document(json(listing), markdown(listing)));
  }

  /** Keys whose provider is no longer configured are shown apart, not lost. */
  private static JsonObject json(Listing listing) {
    var joined = new JsonArray();
    for (var provider : listing.providers()) {
      var one = Wire.toJson(provider);
      if (listing.shown() == Keys.SHOWN) {
        one.put("key_list", array(listing.of(provider.provider())));
      }
      joined.add(one);
    }
    var orphans =
        listing.keys().stream().filter(key -> !listing.names().contains(key.provider())).toList();
    var json = new JsonObject().put("providers", joined);
    return orphans.isEmpty() ? json : json.put("keys_without_provider", array(orphans));
  }

  static JsonArray array(List<KeyInfo> keys) {
    return new JsonArray(keys.stream().map(Wire::toJson).toList());
  }

  private static String markdown(Listing listing) {
    var text = new Markdown("Providers and keys");
    if (listing.providers().isEmpty()) {
      text.say(
          "No provider is configured. Next: name some under `providers` in conf/routing.json.");
    } else {
      ProviderTables.providers(text, listing.providers());
    }
    ProviderTables.withKeys(text, listing, listing.keys());
    return ProviderTables.next(text, listing.providers()).render();
  }
}
