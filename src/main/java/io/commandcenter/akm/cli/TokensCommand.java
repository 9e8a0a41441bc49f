package io.commandcenter.akm.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code akm tokens}: access tokens and agents' leases; each subcommand is a class of its own. */
@Command(
    name = "tokens",
    mixinStandardHelpOptions = true,
    description = "Access tokens: list, show, mint, lease to an agent, rotate, revoke.",
    synopsisSubcommandLabel = "COMMAND")
final class TokensCommand implements Runnable {
  @Spec private CommandSpec spec;

  private TokensCommand() {}

  static CommandLine of(Map<String, String> environment, Screen screen) {
    var line = new CommandLine(new TokensCommand());
    subcommands(environment, screen).forEach(line::addSubcommand);
    return line;
  }

  private static List<Object> subcommands(Map<String, String> environment, Screen screen) {
    return List.of(
        new TokensListCommand(environment, screen),
        new TokensShowCommand(environment, screen),
        new TokensMintCommand(environment, screen),
        new TokensLeaseCommand(environment, screen),
        new TokensRotateCommand(environment, screen),
        new TokensRevokeCommand(environment, screen));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do with the tokens");
  }
}
