package io.commandcenter.akm.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code akm seal}. */
@Command(
    name = "seal",
    mixinStandardHelpOptions = true,
    description = "The vault's seal: what opens it, and whether it does.",
    synopsisSubcommandLabel = "COMMAND")
final class SealCommand implements Runnable {
  @Spec private CommandSpec spec;

  private SealCommand() {}

  static CommandLine of(Map<String, String> environment, Screen screen) {
    return new CommandLine(new SealCommand())
        .addSubcommand(new SealStatusCommand(environment, screen));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do with the seal");
  }
}
