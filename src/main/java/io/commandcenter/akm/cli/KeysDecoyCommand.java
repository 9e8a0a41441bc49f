package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code akm keys decoy}. */
@Command(
    name = "decoy",
    mixinStandardHelpOptions = true,
    description = "Makes a decoy: a key that works nowhere, and whose use raises a notice.")
final class KeysDecoyCommand extends RemoteCommand {
  @Parameters(index = "0", paramLabel = "PROVIDER", description = "Whose keys it looks like.")
  private String provider;

  @Parameters(index = "1", paramLabel = "LABEL", description = "Where you will plant it.")
  private String label;

  KeysDecoyCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var answer =
        api.post("/keys/decoys", new JsonObject().put("provider", provider).put("label", label));
    if (!forMachines(answer)) {
      screen.line("   " + screen.strong(answer.getString("key")));
      screen.line(
          "   Plant it where no key should be looked for. It is shown this once; "
              + "akm notices tells of its use.");
    }
    return 0;
  }
}
