package io.commandcenter.akm.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code akm import}: what was kept elsewhere; each source is a class of its own. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Takes keys, or what is said of keys, from where they were kept before.",
    synopsisSubcommandLabel = "COMMAND")
final class ImportCommand implements Runnable {
  @Spec private CommandSpec spec;

  private ImportCommand() {}

  static CommandLine of(Map<String, String> environment, Screen screen) {
    return new CommandLine(new ImportCommand())
        .addSubcommand(new ImportEnvFileCommand(environment, screen))
        .addSubcommand(new ImportEnvironmentCommand(environment, screen))
        .addSubcommand(new ImportFernetCommand(environment, screen))
        .addSubcommand(new ImportMetadataCommand(environment, screen));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say where to import from");
  }
}
