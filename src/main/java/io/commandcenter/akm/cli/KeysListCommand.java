package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code akm keys list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the keys, masked, oldest first.")
final class KeysListCommand extends RemoteCommand {
  KeysListCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var answer = api.get("/keys");
    if (forMachines(answer)) {
      return 0;
    }
    var table = new Table().row("id", "provider", "label", "key", "version", "state", "used");
    var keys = answer.getJsonArray("keys");
    for (int i = 0; i < keys.size(); i++) {
      row(table, keys.getJsonObject(i));
    }
    table.print(screen);
    return 0;
  }

  private void row(Table table, JsonObject key) {
    var state = key.getString("state");
    table.row(
        key.getString("key_id"),
        key.getString("provider"),
        key.getString("label"),
        key.getString("masked"),
        key.getInteger("version"),
        state.equals("active") ? screen.good(state) : screen.bad(state),
        key.getString("last_used_at", "never"));
  }
}
