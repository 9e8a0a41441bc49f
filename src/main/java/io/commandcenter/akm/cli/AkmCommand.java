package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.ConfigFault;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code akm}: without a subcommand it serves. */
@Command(
    name = "akm",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Keeps AI-provider keys sealed, routes each AI request, accounts for every token and cent.",
    synopsisSubcommandLabel = "[COMMAND]")
public final class AkmCommand implements Runnable {
  private final ServeCommand serve;

  private AkmCommand(ServeCommand serve) {
    this.serve = serve;
  }

  /** Runs a command line and gives its exit code: 0 done, 1 failed, 2 misused or misconfigured. */
  public static int run(
      String[] arguments, Starter starter, Map<String, String> environment, Screen screen) {
    var serve = new ServeCommand(starter, environment, screen);
    var line =
        new CommandLine(new AkmCommand(serve))
            .addSubcommand(serve)
            .addSubcommand(new DemoCommand(starter, environment, screen))
            .addSubcommand(new CheckCommand(environment, screen))
            .addSubcommand(new HealthCommand(environment, screen))
            .addSubcommand(KeysCommand.of(environment, screen))
            .addSubcommand(new InitCommand(environment, screen))
            .addSubcommand(SealCommand.of(environment, screen))
            .addSubcommand(RekeyCommand.of(environment, screen))
            .addSubcommand(TokensCommand.of(environment, screen))
            .addSubcommand(BudgetCommand.of(environment, screen))
            .addSubcommand(AuditCommand.of(environment, screen))
            .addSubcommand(new PanicCommand(environment, screen))
            .addSubcommand(new ThawCommand(environment, screen))
            .addSubcommand(NoticesCommand.of(environment, screen))
            .addSubcommand(new UnwrapCommand(environment, screen, System.in))
            .addSubcommand(new McpCommand(environment, System.in, System.out, System.err))
            .addSubcommand(new BackupCommand(environment, screen))
            .addSubcommand(new RestoreCommand(environment, screen))
            .addSubcommand(new ExportCommand(environment, screen))
            .addSubcommand(ImportCommand.of(environment, screen));
    line.setExecutionExceptionHandler((fault, command, result) -> explain(fault, screen));
    return line.execute(arguments);
  }

  @Override
  public void run() {
    serve.run();
  }

  private static int explain(Exception fault, Screen screen) {
    if (fault instanceof ConfigFault config) {
      screen.line(screen.bad("The configuration has " + config.faults().size() + " fault(s):"));
      config.faults().forEach(text -> screen.line("  - " + text));
      return 2;
    }
    screen.line(screen.bad("akm could not go on: ") + fault.getMessage());
    return 1;
  }
}
