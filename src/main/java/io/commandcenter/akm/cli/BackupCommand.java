package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.ConfigLoader;
import io.commandcenter.akm.contract.BackupCalls.BackupFile;
import io.commandcenter.akm.contract.BackupCalls.EndBackup;
import io.commandcenter.akm.contract.BackupCalls.MakeBackup;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.vault.BackupArchive;
import io.commandcenter.akm.vault.BackupManifest;
import io.commandcenter.akm.vault.Backups;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm backup}: everything the data directory holds, in one signed file. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description =
        "Copies the data of the running service into one file: sealed keys, tokens' HMACs, audit"
            + " log, usage. The master key is not in it.")
final class BackupCommand extends RemoteCommand {
  @Parameters(paramLabel = "FILE", description = "The file to make, for example akm.backup.zip.")
  private Path file;

  @Option(names = "--force", description = "Replace the file if it is there.")
  private boolean force;

  @Option(
      names = "--offline",
      description = "The service does not run: open the data directory itself.")
  private boolean offline;

  BackupCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  public Integer call() {
    if (offline) {
      return make(this::copyOffline);
    }
    return super.call();
  }

  @Override
  protected int run(AdminClient api) {
    return make(to -> api.download("/backup", to));
  }

  @FunctionalInterface
  private interface Source {
    void writeTo(Path file);
  }

  private int make(Source source) {
    try (var made = NewFile.create(file, force)) {
      source.writeTo(made.path());
      var manifest = checked(made.path());
      made.keep();
      if (!forMachines(Wire.toJson(manifest).put("file", file.toString()))) {
        screen.line(screen.good("A backup is in " + file) + "; its hash is right.");
        show(screen, manifest);
        screen.line("Keep the master key apart from it: without that key it opens nothing.");
      }
      return 0;
    }
  }

  private static BackupManifest checked(Path made) {
    try (var archive = BackupArchive.open(made)) {
      if (!archive.whole()) {
        throw new IllegalStateException("the backup arrived damaged; make it again");
      }
      return archive.manifest();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copyOffline(Path to) {
    var configuration = ConfigLoader.load(environment(), LocalDate.now(ZoneOffset.UTC));
    OfflineData.use(configuration, environment(), data -> copy(data, to));
  }

  private static Future<Void> copy(OfflineData data, Path to) {
    if (data.seal() instanceof Seal.Sealed sealed) {
      return Future.failedFuture(new IllegalStateException(sealed.reason()));
    }
    var backups =
        new Backups(
            data.vertx(),
            data.database(),
            data.audit(),
            (Seal.Open) data.seal(),
            data.configuration().server().audit().node(),
            Clock.systemUTC(),
            new SecureRandom());
    return backups
        .make(new MakeBackup("akm backup"))
        .compose(
            made ->
                data.vertx()
                    .executeBlocking(() -> copy(made, to))
                    .eventually(() -> backups.end(new EndBackup(made.backupId()))))
        .mapEmpty();
  }

  private static long copy(BackupFile made, Path to) throws IOException {
    try (var out = Files.newOutputStream(to)) {
      return Files.copy(Path.of(made.path()), out);
    }
  }

  /** What a backup holds. */
  static void show(Screen screen, BackupManifest manifest) {
    var table =
        new Table()
            .row("vault", manifest.vaultId())
            .row("made at", manifest.madeAt())
            .row("node", manifest.node())
            .row("master key", "generation " + manifest.generation())
            .row("schema", manifest.schemaVersion())
            .row("database", manifest.bytes() + " bytes, sha256 " + manifest.sha256());
    manifest.rows().forEach((name, rows) -> table.row(name, rows + " rows"));
    table.print(screen);
  }
}
