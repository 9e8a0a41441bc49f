package io.commandcenter.akm.cli;

import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code akm keys disable}. */
@Command(
    name = "disable",
    mixinStandardHelpOptions = true,
    description = "Takes a key out of use; it can be enabled again.")
final class KeysDisableCommand extends RemoteCommand {
  @Parameters(paramLabel = "KEY", description = "Its id, or provider/label.")
  private String key;

  KeysDisableCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var answer = api.post("/keys/" + KeyTexts.id(api, key) + "/disable", null);
    if (!forMachines(answer)) {
      new KeyTexts(screen, Instant.now()).print(answer);
    }
    return 0;
  }
}
