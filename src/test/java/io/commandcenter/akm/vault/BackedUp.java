package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.BackupCalls;
import io.commandcenter.akm.contract.BackupCalls.EndBackup;
import io.commandcenter.akm.contract.BackupCalls.MakeBackup;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.Snapshot;
import io.commandcenter.akm.testkit.Configs;
import io.commandcenter.akm.testkit.TestVertx;
import io.commandcenter.akm.vault.Restore.Restored;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;

/** A vault's backup, and what it takes to put it back. */
record BackedUp(Path folder, Path file, Path masterKey, Keyring keyring) {

  /** Of a new vault with this many keys. */
  static BackedUp of(Path folder, int keys) throws IOException {
    var data = Files.createDirectories(folder.resolve("data"));
    var masterKey = folder.resolve("master.key");
    try (var vault = Vaults.stored(data, masterKey)) {
      for (int i = 0; i < keys; i++) {
        vault.add("key-" + i, key(i));
      }
      return of(vault, folder, masterKey, "backup.zip");
    }
  }

  static BackedUp of(Vaults vault, Path folder, Path masterKey, String name) throws IOException {
    var made = vault.ask(BackupCalls.MAKE, new MakeBackup(Vaults.BY));
    var file = Files.copy(Path.of(made.path()), folder.resolve(name));
    vault.ask(BackupCalls.END, new EndBackup(made.backupId()));
    return new BackedUp(folder, file, masterKey, ((Seal.Open) vault.seal).keyring());
  }

  static String key(int i) {
    return "sk-ant-api03-0123456789abcdefghijkl-%06d".formatted(i);
  }

  BackupManifest manifest() throws IOException {
    try (var archive = BackupArchive.open(file)) {
      return archive.manifest();
    }
  }

  /** The database in it, in a file of its own. */
  Path database() throws IOException {
    var database = Files.createTempFile(folder, "database", ".db");
    Files.delete(database);
    try (var archive = BackupArchive.open(file)) {
      archive.extract(database);
    }
    return database;
  }

  /** Another archive of this manifest, signed by this vault's keyring, and this database. */
  Path archive(BackupManifest manifest, Path database) throws IOException {
    var zip = Files.createTempFile(folder, "made", ".zip");
    BackupArchive.write(
        zip,
        manifest.sign(keyring::mac),
        manifest.madeAt(),
        database,
        BackupArchive.sums(database));
    return zip;
  }

  /** A manifest that is right for another database. */
  BackupManifest manifestOf(Path database) throws IOException, SQLException {
    var was = manifest();
    var sums = BackupArchive.sums(database);
    return new BackupManifest(
        was.format(),
        was.vaultId(),
        was.schemaVersion(),
        was.generation(),
        was.node(),
        was.madeAt(),
        sums.sha256(),
        sums.bytes(),
        Snapshot.read(database).rows());
  }

  Restored restore(Path archive, Path data, boolean force) {
    return restore(archive, data, force, Map.of("AKM_MASTER_KEY_FILE", masterKey.toString()));
  }

  static Restored restore(Path archive, Path data, boolean force, Map<String, String> environment) {
    return with(
        vertx ->
            new Restore(
                    vertx,
                    Configs.server(new JsonObject().put("data_dir", data.toString())),
                    environment,
                    Clock.systemUTC(),
                    new SecureRandom())
                .run(archive, force));
  }

  static <T> T with(java.util.function.Function<Vertx, Future<T>> work) {
    try (var test = new TestVertx()) {
      return TestVertx.await(work.apply(test.vertx()));
    }
  }
}
