package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm budget set}. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = "Sets the monthly budget at once, over akm.json; needs an admin token.")
final class BudgetSetCommand extends RemoteCommand {
  @Parameters(paramLabel = "USD", arity = "0..1", description = "US dollars a month.")
  private BigDecimal usd;

  @ArgGroup private Mode mode;

  @Option(names = "--remove", description = "Forget what was set: akm.json's is in force again.")
  private boolean remove;

  /** One of both, or neither. */
  static final class Mode {
    @Option(names = "--hard", required = true, description = "Refuse what does not fit.")
    private boolean hard;

    @Option(names = "--warn", required = true, description = "Refuse nothing, only alert.")
    private boolean warn;
  }

  BudgetSetCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var body = new JsonObject();
    if (usd != null) {
      body.put("monthly_usd", usd);
    }
    if (mode != null) {
      body.put("hard", mode.hard);
    }
    if (remove) {
      body.put("remove", true);
    }
    var budget = api.put("/budget", body);
    if (!forMachines(budget)) {
      BudgetShowCommand.show(budget, screen);
    }
    return 0;
  }
}
