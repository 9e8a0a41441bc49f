package io.commandcenter.akm.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code akm budget}: what may be spent in a month; each subcommand is a class of its own. */
@Command(
    name = "budget",
    mixinStandardHelpOptions = true,
    description = "The monthly budget: show it, set it.",
    synopsisSubcommandLabel = "COMMAND")
final class BudgetCommand implements Runnable {
  @Spec private CommandSpec spec;

  private BudgetCommand() {}

  static CommandLine of(Map<String, String> environment, Screen screen) {
    return new CommandLine(new BudgetCommand())
        .addSubcommand(new BudgetShowCommand(environment, screen))
        .addSubcommand(new BudgetSetCommand(environment, screen));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do with the budget");
  }
}
