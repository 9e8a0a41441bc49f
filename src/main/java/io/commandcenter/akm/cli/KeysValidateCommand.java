package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm keys validate}. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Asks the providers, free of charge, whether they take their keys; exit code 1 if any is not valid.")
final class KeysValidateCommand extends RemoteCommand {
  @Parameters(
      paramLabel = "KEY",
      arity = "0..1",
      description = "Its id, or provider/label; all keys without it.")
  private String key;

  @Option(names = "--all", description = "Every key that is not revoked; the default.")
  private boolean all;

  KeysValidateCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    if (key != null && all) {
      throw new IllegalStateException("name a key or say --all, not both");
    }
    var checks = key == null ? everything(api) : one(api);
    if (!forMachines(new JsonObject().put("checks", new JsonArray(checks)))) {
      print(checks);
    }
    return checks.stream().allMatch(this::isWell) ? 0 : 1;
  }

  private List<JsonObject> one(AdminClient api) {
    return List.of(api.post("/keys/" + KeyTexts.id(api, key) + "/validate", null));
  }

  /** A provider at a time, so that a person sees that it goes on. */
  private List<JsonObject> everything(AdminClient api) {
    var providers =
        KeyTexts.objects(api.get("/keys").getJsonArray("keys")).stream()
            .filter(each -> !each.getString("state").equals("revoked"))
            .map(each -> each.getString("provider"))
            .distinct()
            .toList();
    var checks = new ArrayList<JsonObject>();
    for (int i = 0; i < providers.size(); i++) {
      screen.redraw(
          Bar.of((double) i / providers.size(), 20) + " asking " + providers.get(i) + " …");
      var round = api.post("/keys/validate", new JsonObject().put("provider", providers.get(i)));
      checks.addAll(KeyTexts.objects(round.getJsonArray("checks")));
    }
    screen.redraw("");
    return checks;
  }

  private void print(List<JsonObject> checks) {
    var table = new Table().row("id", "provider", "label", "outcome", "ms", "");
    for (var check : checks) {
      var outcome = check.getString("outcome");
      table.row(
          check.getString("key_id"),
          check.getString("provider"),
          check.getString("label"),
          switch (outcome) {
            case "valid" -> screen.good(outcome);
            case "unchecked", "network", "rate-limited" -> screen.warning(outcome);
            default -> screen.bad(outcome);
          },
          check.getLong("latency_ms"),
          check.getString("detail"));
    }
    table.print(screen);
    long well = checks.stream().filter(this::isWell).count();
    screen.line("   " + well + " of " + checks.size() + " are valid.");
  }

  private boolean isWell(JsonObject check) {
    return check.getString("outcome").equals("valid");
  }
}
