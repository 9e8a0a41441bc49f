package io.commandcenter.akm.cli;

import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code akm keys enable}. */
@Command(
    name = "enable",
    mixinStandardHelpOptions = true,
    description = "Puts a disabled key back to use, or ends its rest.")
final class KeysEnableCommand extends RemoteCommand {
  @Parameters(paramLabel = "KEY", description = "Its id, or provider/label.")
  private String key;

  KeysEnableCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var answer = api.post("/keys/" + KeyTexts.id(api, key) + "/enable", null);
    if (!forMachines(answer)) {
      new KeyTexts(screen, Instant.now()).print(answer);
    }
    return 0;
  }
}
