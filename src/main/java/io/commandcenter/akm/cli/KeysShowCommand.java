package io.commandcenter.akm.cli;

import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code akm keys show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows everything that is known of a key, but never the key.")
final class KeysShowCommand extends RemoteCommand {
  @Parameters(paramLabel = "KEY", description = "Its id, or provider/label.")
  private String key;

  KeysShowCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var answer = api.get("/keys/" + KeyTexts.id(api, key));
    if (!forMachines(answer)) {
      new KeyTexts(screen, Instant.now()).print(answer);
    }
    return 0;
  }
}
