package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.ConfigLoader;
import io.commandcenter.akm.contract.SealCalls.RekeyProgress;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.vault.SealDesk;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine.Option;

/** One step of a rekey, over the service or on the data directory itself. */
abstract class RekeyStep extends RemoteCommand {
  /** Stands in the audit log for whoever has the data directory. */
  protected static final String BY = "offline";

  private static final int BAR = 30;

  @Option(
      names = "--offline",
      description = "Work on the data directory while the service does not run.")
  private boolean offline;

  protected RekeyStep(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  /** The work on the data directory. */
  protected abstract Future<RekeyProgress> step(SealDesk desk);

  @Override
  protected boolean offline() {
    return offline;
  }

  @Override
  protected int runOffline() {
    var configuration = ConfigLoader.load(environment(), LocalDate.now(ZoneOffset.UTC));
    return show(
        OfflineData.use(
            configuration, environment(), data -> step(data.sealDesk()).map(Wire::toJson)));
  }

  protected int show(JsonObject progress) {
    var blocked = progress.getString("state").equals("blocked");
    if (!forMachines(progress)) {
      screen.line(said(progress));
      if (progress.getString("detail") != null) {
        screen.line(progress.getString("detail"));
      }
    }
    return blocked ? 1 : 0;
  }

  private String said(JsonObject progress) {
    return switch (progress.getString("state")) {
      case "none" -> screen.good("Done") + ": " + count(progress) + " sealed.";
      case "confirm-due" -> screen.good("The new master key opens the vault.");
      case "blocked" -> screen.bad("The rekey could not end") + ": " + count(progress) + ".";
      case "begun" -> screen.bad("The rekey was stopped") + ": " + count(progress) + ".";
      default -> bar(progress);
    };
  }

  protected static String bar(JsonObject progress) {
    var total = progress.getLong("total");
    var share = total == 0 ? 1 : (double) progress.getLong("done") / total;
    return Bar.of(share, BAR) + " " + count(progress);
  }

  private static String count(JsonObject progress) {
    return progress.getLong("done") + " of " + progress.getLong("total") + " texts";
  }
}
