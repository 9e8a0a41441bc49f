package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouterCalls.ProviderView;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.mcp.resources.ProviderDirectory.Keys;
import io.commandcenter.akm.mcp.resources.ProviderDirectory.Listing;
import io.vertx.core.Future;
import java.util.List;

/** One provider, and its keys. */
final class ProviderResource implements Resource {
  private static final Card CARD =
      new Card(
          Uris.PROVIDER,
          "provider",
          "One provider",
          "One provider with all its models, health and limits; for operators also its masked keys.",
          Scope.READ_ONLY);

  private final ProviderDirectory directory;

  ProviderResource(Asking bus) {
    directory = new ProviderDirectory(bus);
  }

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Future<Document> read(Reading reading) {
    var name = reading.variables().get("provider");
    return directory.list(name, reading.reader()).map(listing -> document(name, listing));
  }

  private static Document document(String name, Listing listing) {
    var one =
        listing.providers().stream()
            .filter(provider -> provider.provider().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(listing.names()));
    var json = Wire.toJson(one);
    if (listing.shown() == Keys.SHOWN) {
      json.put("key_list", ProvidersResource.array(listing.keys()));
    }
    return new Document(json, markdown(one, listing));
  }

  private static Failure unknown(List<String> names) {
    return Failure.notFound(
        names.isEmpty()
            ? "no provider is configured; name some under `providers` in conf/routing.json"
            : "no provider of this name; there are " + String.join(", ", names));
  }

  private static String markdown(ProviderView one, Listing listing) {
    var text = new Markdown("Provider " + one.provider());
    ProviderTables.providers(text, List.of(one));
    text.say("Endpoint: " + one.endpoint());
    if (!one.models().isEmpty()) {
      text.section("Models")
          .table("model", one.models().stream().map(model -> new Object[] {model}));
    }
    ProviderTables.withKeys(text, listing, listing.keys());
    return ProviderTables.next(text, List.of(one)).render();
  }
}
