package io.commandcenter.akm.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code akm keys}: everything about provider keys; each subcommand is a class of its own. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Provider keys: list, add, describe, check, rotate, share, end them.",
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {
  @Spec private CommandSpec spec;

  private KeysCommand() {}

  static CommandLine of(Map<String, String> environment, Screen screen) {
    var line = new CommandLine(new KeysCommand());
    subcommands(environment, screen).forEach(line::addSubcommand);
    return line;
  }

  private static List<Object> subcommands(Map<String, String> environment, Screen screen) {
    return List.of(
        new KeysListCommand(environment, screen),
        new KeysShowCommand(environment, screen),
        new KeysSetCommand(environment, screen),
        new KeysEnableCommand(environment, screen),
        new KeysDisableCommand(environment, screen),
        new KeysRemoveCommand(environment, screen),
        new KeysValidateCommand(environment, screen),
        new KeysDecoyCommand(environment, screen),
        new KeysAddCommand(environment, screen, Duration.ofSeconds(1)),
        new KeysShareCommand(environment, screen),
        new KeysRotateCommand(environment, screen),
        new KeysRotationsCommand(environment, screen));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do with the keys");
  }
}
