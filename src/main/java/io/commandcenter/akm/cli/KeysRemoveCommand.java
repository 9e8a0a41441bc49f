package io.commandcenter.akm.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm keys remove}. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Revokes a key and erases its ciphertext; its record stays.")
final class KeysRemoveCommand extends RemoteCommand {
  @Parameters(paramLabel = "KEY", description = "Its id, or provider/label.")
  private String key;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  KeysRemoveCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var id = KeyTexts.id(api, key);
    var shown = api.get("/keys/" + id);
    var name = shown.getString("provider") + "/" + shown.getString("label");
    if (!yes) {
      var agrees =
          screen.agrees("Erase " + name + " (" + shown.getString("masked") + ") for good?");
      if (agrees.isEmpty()) {
        throw new IllegalStateException("nobody is there to be asked; add --yes");
      }
      if (!agrees.get()) {
        screen.line("Nothing was changed.");
        return 1;
      }
    }
    var answer = api.delete("/keys/" + id);
    if (!forMachines(answer)) {
      screen.line(name + " is revoked; its ciphertext is erased. Revoke it at its provider too.");
    }
    return 0;
  }
}
