package io.commandcenter.akm.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code akm audit}: everything about the audit log; each subcommand is a class of its own. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "The audit log: list it, export it, verify that nobody tampered with it.",
    synopsisSubcommandLabel = "COMMAND")
final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec;

  private AuditCommand() {}

  static CommandLine of(Map<String, String> environment, Screen screen) {
    return new CommandLine(new AuditCommand())
        .addSubcommand(new AuditListCommand(environment, screen))
        .addSubcommand(new AuditExportCommand(environment, screen))
        .addSubcommand(new AuditVerifyCommand(environment, screen))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do with the audit log");
  }
}
