package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.ConfigLoader;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code akm seal status}: exit code 0 if the vault is open, 1 if it is sealed. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says whether the vault is sealed and why; exit code 1 if it is.")
final class SealStatusCommand extends RemoteCommand {
  @Option(
      names = "--offline",
      description = "Look into the data directory while the service does not run.")
  private boolean offline;

  SealStatusCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected boolean offline() {
    return offline;
  }

  @Override
  protected int runOffline() {
    var configuration = ConfigLoader.load(environment(), LocalDate.now(ZoneOffset.UTC));
    return show(
        OfflineData.use(
            configuration, environment(), data -> data.sealDesk().status().map(Wire::toJson)));
  }

  @Override
  protected int run(AdminClient api) {
    try {
      return show(api.get("/vault/seal"));
    } catch (AdminClient.Refused refused) {
      // A sealed vault knows no tokens: the refusal itself says why it is sealed.
      if (!refused.code().equals("sealed")) {
        throw refused;
      }
      return show(new JsonObject().put("sealed", true).put("reason", refused.getMessage()));
    }
  }

  private int show(JsonObject status) {
    var isSealed = status.getBoolean("sealed");
    var code = isSealed ? 1 : 0;
    if (forMachines(status)) {
      return code;
    }
    screen.line(isSealed ? screen.bad("The vault is sealed.") : screen.good("The vault is open."));
    var table = new Table();
    row(table, "why", status.getString("reason"));
    row(table, "vault", status.getString("vault_id"));
    row(table, "master key", status.getInteger("generation"), ". generation");
    row(table, "found in", list(status));
    row(table, "data key", status.getLong("data_key_id"));
    row(table, "encryptions", status.getLong("encryptions"), limit(status));
    table.print(screen);
    if (status.getBoolean("confirm_due", false)) {
      screen.line("A new master key waits for its confirm: `akm rekey confirm`.");
    }
    return code;
  }

  private static String list(JsonObject status) {
    var sources = status.getJsonArray("sources");
    return sources == null || sources.isEmpty()
        ? null
        : String.join(", ", sources.stream().map(Object::toString).toList());
  }

  private static String limit(JsonObject status) {
    return " of " + status.getLong("rekey_after");
  }

  private static void row(Table table, String name, Object value) {
    row(table, name, value, "");
  }

  private static void row(Table table, String name, Object value, String after) {
    if (value != null) {
      table.row(name, value + after);
    }
  }
}
