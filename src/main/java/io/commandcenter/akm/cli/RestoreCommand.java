package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.ConfigLoader;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.vault.Restore;
import io.commandcenter.akm.vault.Restore.Restored;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm restore}: puts a backup into the data directory of a service that does not run. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description =
        "Checks a backup and puts it into the data directory. The service must not run. A check"
            + " that fails changes nothing.")
final class RestoreCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Screen screen;

  @Parameters(paramLabel = "FILE", description = "A file that `akm backup` made.")
  private Path file;

  @Option(names = "--data", description = "The data directory; by default that of the service.")
  private Path data;

  @Option(
      names = "--force",
      description = "Replace the data that is there; it is kept as akm.db.before-restore-<time>.")
  private boolean force;

  @Option(names = "--json", description = "Print JSON for machines.")
  private boolean json;

  RestoreCommand(Map<String, String> environment, Screen screen) {
    this.environment = environment;
    this.screen = screen;
  }

  @Override
  public Integer call() {
    var variables = new HashMap<>(environment);
    if (data != null) {
      variables.put("AKM_DATA", data.toString());
    }
    var server = ConfigLoader.load(variables, LocalDate.now(ZoneOffset.UTC)).server();
    var vertx = Vertx.vertx();
    try {
      var restore = new Restore(vertx, server, variables, Clock.systemUTC(), new SecureRandom());
      show(restore.run(file, force).await());
      var checkpoints = server.audit().checkpointFile();
      if (!json && checkpoints != null) {
        screen.line(
            "The checkpoints in "
                + checkpoints
                + " may count rows that the restored log has not:"
                + " move that file away.");
      }
      return 0;
    } finally {
      vertx.close().await();
    }
  }

  private void show(Restored restored) {
    if (json) {
      screen.line(
          new JsonObject()
              .put("manifest", Wire.toJson(restored.manifest()))
              .put("sealed_versions_opened", restored.versions())
              .put("database", restored.database().toString())
              .put("kept", restored.kept().map(Path::toString).orElse(null))
              .encode());
      return;
    }
    screen.line(screen.good("The backup is restored to " + restored.database() + "."));
    BackupCommand.show(screen, restored.manifest());
    screen.line("Each of the " + restored.versions() + " sealed versions of keys opens.");
    restored.kept().ifPresent(path -> screen.line("The data that was there is in " + path + "."));
    screen.line(
        "Tokens that were revoked after the backup was made are valid again: list them, and revoke"
            + " what should not be.");
  }
}
