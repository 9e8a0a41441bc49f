package io.commandcenter.akm.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code akm rekey}: exchanges the master key or the data key. */
@Command(
    name = "rekey",
    mixinStandardHelpOptions = true,
    description = "Exchanges the master key or the data key; run it again if it was stopped.",
    synopsisSubcommandLabel = "COMMAND")
final class RekeyCommand implements Runnable {
  @Spec private CommandSpec spec;

  private RekeyCommand() {}

  static CommandLine of(Map<String, String> environment, Screen screen) {
    return new CommandLine(new RekeyCommand())
        .addSubcommand(new RekeyMasterCommand(environment, screen))
        .addSubcommand(new RekeyConfirmCommand(environment, screen))
        .addSubcommand(new RekeyDataCommand(environment, screen));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which key: master or data");
  }
}
