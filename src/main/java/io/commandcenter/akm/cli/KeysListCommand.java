package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code akm keys list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the keys, masked, oldest first.")
final class KeysListCommand extends RemoteCommand {
  @Option(names = "--all", description = "Also those that are revoked.")
  private boolean all;

  KeysListCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var answer = api.get("/keys");
    if (forMachines(answer)) {
      return 0;
    }
    var texts = new KeyTexts(screen, Instant.now());
    var table =
        new Table()
            .row("id", "provider", "label", "key", "v", "state", "expires", "age", "used", "tags");
    KeyTexts.objects(answer.getJsonArray("keys")).stream()
        .filter(key -> all || !key.getString("state").equals("revoked"))
        .forEach(key -> row(table, texts, key));
    table.printList(screen);
    return 0;
  }

  private static void row(Table table, KeyTexts texts, JsonObject key) {
    table.row(
        key.getString("key_id"),
        key.getString("provider"),
        key.getString("label"),
        key.getString("masked"),
        key.getInteger("version"),
        texts.state(key),
        texts.expiry(key),
        texts.age(key),
        texts.used(key),
        KeyTexts.tags(key));
  }
}
