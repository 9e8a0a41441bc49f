package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.AssociatedData;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.DataDirectory;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.store.KeyVersion;
import io.commandcenter.akm.store.PrivateFile;
import io.commandcenter.akm.store.Replacement;
import io.commandcenter.akm.store.Snapshot;
import io.commandcenter.akm.store.StoredKeyring;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a backup into a data directory that nobody uses. Everything is checked beside the
 * directory's data; a check that fails changes nothing.
 */
public final class Restore {
  private static final String BY = "akm restore";

  private final Vertx vertx;
  private final ServerConfig config;
  private final Map<String, String> environment;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * @param config names the data directory and the master key's file
   * @param environment the process's variables
   */
  public Restore(
      Vertx vertx,
      ServerConfig config,
      Map<String, String> environment,
      Clock clock,
      SecureRandom random) {
    this.vertx = vertx;
    this.config = config;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.random = random;
  }

  /**
   * What was restored.
   *
   * @param versions how many sealed versions of keys opened at their place: all there are
   * @param database where it is now
   * @param kept the data that was there before
   */
  public record Restored(
      BackupManifest manifest, int versions, Path database, Optional<Path> kept) {}

  /**
   * Fails with a sentence for people, and then nothing has changed.
   *
   * @param force whether data that is there may be replaced; it is kept aside
   */
  public Future<Restored> run(Path backup, boolean force) {
    return vertx
        .executeBlocking(
            () -> {
              try (var archive = BackupArchive.open(backup)) {
                refuseNewer(archive.manifest());
                // The lock makes the directory, so it comes after what can be refused without one.
                var directory = DataDirectory.forRestore(config.dataDir());
                return new Restoring(directory, archive.signed());
              }
            })
        .compose(
            restoring ->
                restoring.run(backup, force).eventually(() -> restoring.directory.close()));
  }

  private static void refuseNewer(BackupManifest manifest) {
    if (manifest.schemaVersion() > Snapshot.newestSchema()) {
      throw new Failure(
          Code.CONFLICT,
          "the backup has schema version "
              + manifest.schemaVersion()
              + ", this program knows up to "
              + Snapshot.newestSchema()
              + "; restore it with the newer program");
    }
  }

  /**
   * @param versions how many sealed versions opened
   */
  private record Checked(Seal.Open open, int versions) {}

  /** One restore, with the directory's lock held. */
  private final class Restoring {
    private final DataDirectory directory;
    private final BackupManifest.Signed signed;
    private final Path prepared;
    private final Replacement replacement;

    Restoring(DataDirectory directory, BackupManifest.Signed signed) {
      this.directory = directory;
      this.signed = signed;
      prepared = directory.temporaryFile(RandomId.of("restore_", random) + ".db");
      replacement = new Replacement(directory, clock.instant());
    }

    Future<Restored> run(Path backup, boolean force) {
      return vertx
          .executeBlocking(() -> checked(backup, force))
          .compose(
              checked -> noted(checked).compose(noted -> vertx.executeBlocking(() -> put(checked))))
          .eventually(() -> vertx.executeBlocking(this::clean));
    }

    /** Writes the database beside the old one and believes nothing of it before it is checked. */
    private Checked checked(Path backup, boolean force) throws IOException {
      replacement.mayReplace(force);
      try (var archive = BackupArchive.open(backup)) {
        archive.extract(prepared);
        var snapshot = Snapshot.read(prepared);
        if (snapshot.keyrings().isEmpty()) {
          throw altered();
        }
        var stored = snapshot.keyrings().get(0);
        var keyring = unwrap(snapshot.keyrings());
        // What was read first is what is checked, also if the file was changed meanwhile.
        if (!archive.signed().manifest().equals(signed.manifest())
            || !signed.signedBy(keyring::mac)
            || !stored.vaultId().equals(signed.manifest().vaultId())
            || !snapshot.rows().equals(signed.manifest().rows())) {
          throw altered();
        }
        var versions = open(keyring, stored.vaultId(), Snapshot.sealedVersions(prepared));
        return new Checked(new Seal.Open(stored.vaultId(), keyring), versions);
      } catch (Snapshot.Unreadable broken) {
        throw altered();
      }
    }

    /** Brings it to this program's schema, and writes the first row of its new life. */
    private Future<Void> noted(Checked checked) {
      var manifest = signed.manifest();
      var detail =
          AuditDetail.NONE
              .with(Field.GENERATION, manifest.generation())
              .with(Field.SHA256, manifest.sha256())
              .with(Field.COUNT, checked.versions());
      var entry =
          AuditEntry.ok(
              clock.instant(), BY, Action.VAULT_RESTORE, checked.open().vaultId(), detail);
      return Database.open(vertx, prepared)
          .compose(
              database ->
                  AuditStore.of(database, checked.open(), config.audit().node())
                      .restored(entry)
                      .eventually(database::close));
    }

    private Restored put(Checked checked) throws IOException {
      PrivateFile.sync(prepared);
      var kept = replacement.put(prepared);
      // They count rows that the restored log does not have: it would be found cut.
      replacement.setAside(config.auditCheckpoints());
      return new Restored(signed.manifest(), checked.versions(), directory.database(), kept);
    }

    private Void clean() throws IOException {
      for (var suffix : List.of("", "-wal", "-shm", "-journal")) {
        Files.deleteIfExists(prepared.resolveSibling(prepared.getFileName() + suffix));
      }
      return null;
    }
  }

  private Keyring unwrap(List<StoredKeyring> stored) {
    var source = MasterKeySource.of(environment, config);
    try (var secret = source.find().orElseThrow(source::missing)) {
      return open(stored, secret);
    }
  }

  private static Keyring open(List<StoredKeyring> stored, MasterSecret secret) {
    try (var opened = Opening.open(stored, secret)) {
      return opened.keyring();
    } catch (Failure wrong) {
      throw new Failure(
          Code.SEALED,
          "the master key at hand does not open this backup; give the one that the data had when the"
              + " backup was made, which was its generation "
              + stored.get(0).generation());
    }
  }

  /** Opens each where it stands, as sealed for the origin that it names. */
  private static int open(Keyring keyring, String vaultId, List<KeyVersion> versions) {
    var opened = 0;
    for (var version : versions) {
      var place =
          AssociatedData.ofKeyVersion(
              vaultId, version.keyId(), version.version(), version.originHash());
      var secret = keyring.cipher().open(version.sealed().blob(), place);
      secret.ifPresent(Secret::close);
      opened += secret.isPresent() ? 1 : 0;
    }
    if (opened < versions.size()) {
      throw new Failure(
          Code.CONFLICT,
          "only "
              + opened
              + " of "
              + versions.size()
              + " sealed keys in the backup open; use another backup");
    }
    return opened;
  }

  private static Failure altered() {
    return new Failure(
        Code.CONFLICT,
        "the backup is not as this vault made it: it was changed, or put together from several; use"
            + " another backup");
  }
}
