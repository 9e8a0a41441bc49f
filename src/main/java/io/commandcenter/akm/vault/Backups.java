package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.BackupCalls.BackupEnded;
import io.commandcenter.akm.contract.BackupCalls.BackupFile;
import io.commandcenter.akm.contract.BackupCalls.EndBackup;
import io.commandcenter.akm.contract.BackupCalls.MakeBackup;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.DataDirectory;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.store.PrivateFile;
import io.commandcenter.akm.store.Snapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Makes backups, one at a time: a copy of the data as it is, its manifest, and a MAC that only this
 * vault can make. The file is given out after its audit row is on the disk.
 */
public final class Backups {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Vertx vertx;
  private final Database database;
  private final AuditStore audit;
  private final Seal.Open open;
  private final String node;
  private final Clock clock;
  private final SecureRandom random;
  private Job running;

  /**
   * @param id names it
   * @param copy of the database, removed as soon as it is in the zip
   */
  private record Job(String id, Path copy, Path zip) {}

  /**
   * @param node whose data it is
   */
  public Backups(
      Vertx vertx,
      Database database,
      AuditStore audit,
      Seal.Open open,
      String node,
      Clock clock,
      SecureRandom random) {
    this.vertx = vertx;
    this.database = database;
    this.audit = audit;
    this.open = open;
    this.node = node;
    this.clock = clock;
    this.random = random;
  }

  static Backups of(VaultTools tools) {
    var setup = tools.setup();
    return new Backups(
        tools.vertx(),
        setup.database(),
        setup.audit(),
        tools.open(),
        setup.config().audit().node(),
        setup.clock(),
        setup.random());
  }

  public Future<BackupFile> make(MakeBackup ask) {
    Plain.noKeyIn(ask.by());
    var job = begin();
    return vertx
        .executeBlocking(() -> PrivateFile.create(job.copy()), false)
        .compose(database::copyTo)
        .compose(copied -> vertx.executeBlocking(() -> pack(job, copied), false))
        .compose(manifest -> audited(job, manifest, ask.by()))
        .onSuccess(made -> vertx.setTimer(KEPT.toMillis(), late -> end(made.backupId())))
        .recover(cause -> remove(job).transform(removed -> Future.failedFuture(cause)));
  }

  private synchronized Job begin() {
    if (running != null) {
      throw new Failure(
          Code.CONFLICT, "a backup is being made; wait until it is done, then ask again");
    }
    var id = RandomId.of("backup_", random);
    running =
        new Job(
            id,
            database.file().resolveSibling(DataDirectory.temporary(id + ".db")),
            database.file().resolveSibling(DataDirectory.temporary(id + ".zip")));
    return running;
  }

  private BackupManifest pack(Job job, Snapshot copied) throws IOException {
    var keyring = copied.keyrings().get(0);
    var sums = BackupArchive.sums(job.copy());
    var manifest =
        new BackupManifest(
            BackupManifest.FORMAT,
            keyring.vaultId(),
            copied.schemaVersion(),
            keyring.generation(),
            node,
            clock.instant(),
            sums.sha256(),
            sums.bytes(),
            copied.rows());
    BackupArchive.write(
        PrivateFile.create(job.zip()),
        manifest.sign(open.keyring()::mac),
        manifest.madeAt(),
        job.copy(),
        sums);
    Files.delete(job.copy());
    return manifest;
  }

  private Future<BackupFile> audited(Job job, BackupManifest manifest, String by) {
    var detail =
        AuditDetail.NONE
            .with(Field.GENERATION, manifest.generation())
            .with(Field.SHA256, manifest.sha256())
            .with(Field.COUNT, manifest.rows().get("provider_key"));
    return audit
        .append(
            AuditEntry.ok(manifest.madeAt(), by, Action.VAULT_BACKUP, manifest.vaultId(), detail))
        .compose(noted -> vertx.executeBlocking(() -> Files.size(job.zip()), false))
        .map(
            bytes ->
                new BackupFile(
                    job.id(),
                    job.zip().toString(),
                    "akm-backup-" + STAMP.format(manifest.madeAt()) + ".zip",
                    bytes));
  }

  public Future<BackupEnded> end(EndBackup ask) {
    return end(ask.backupId());
  }

  private Future<BackupEnded> end(String id) {
    Job job;
    synchronized (this) {
      job = running;
    }
    return job == null || !job.id().equals(id)
        ? Future.succeededFuture(new BackupEnded(false))
        : remove(job).map(removed -> new BackupEnded(true));
  }

  private Future<Void> remove(Job job) {
    return vertx
        .executeBlocking(
            () -> {
              Files.deleteIfExists(job.copy());
              Files.deleteIfExists(job.zip());
              return null;
            },
            false)
        .<Void>mapEmpty()
        .eventually(() -> free(job));
  }

  private synchronized Future<Void> free(Job job) {
    if (running == job) {
      running = null;
    }
    return Future.succeededFuture();
  }
}
