package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.MasterKey;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.store.KeyringStore;
import io.commandcenter.akm.store.StoredKeyring;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the keyring once, at start. A vault whose master key is missing or wrong stays sealed; only
 * data in which nothing was ever stored gets a new vault.
 */
public final class Unsealing {
  private static final Logger log = LoggerFactory.getLogger(Unsealing.class);

  private final Vertx vertx;
  private final Database database;
  private final KeyringStore store;
  private final String node;
  private final MasterKeySource source;
  private final Clock clock;
  private final SecureRandom random;

  private Unsealing(
      Vertx vertx,
      Database database,
      String node,
      MasterKeySource source,
      Clock clock,
      SecureRandom random) {
    this.vertx = vertx;
    this.database = database;
    this.node = node;
    store = new KeyringStore(database, new AuditStore(database));
    this.source = source;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Fails only if the database does.
   *
   * @param environment the process's variables
   */
  public static Future<Seal> open(
      Vertx vertx,
      Database database,
      Map<String, String> environment,
      ServerConfig config,
      Clock clock,
      SecureRandom random) {
    return of(vertx, database, environment, config, clock, random).open();
  }

  /** As {@link #open}, but makes no vault where there is none: for data that is only read. */
  public static Future<Seal> look(
      Vertx vertx,
      Database database,
      Map<String, String> environment,
      ServerConfig config,
      Clock clock,
      SecureRandom random) {
    return of(vertx, database, environment, config, clock, random).look();
  }

  private static Unsealing of(
      Vertx vertx,
      Database database,
      Map<String, String> environment,
      ServerConfig config,
      Clock clock,
      SecureRandom random) {
    var source =
        new MasterKeySource(
            environment, config.masterKeyFile(), config.dataDir(), MasterKeyFile.processOwner());
    return new Unsealing(vertx, database, config.audit().node(), source, clock, random);
  }

  private Future<Seal> look() {
    return store
        .active()
        .compose(
            stored ->
                stored
                    .map(this::unseal)
                    .orElseThrow(
                        () -> new Failure(Code.SEALED, "there is no vault in this data yet")))
        .recover(Unsealing::sealed);
  }

  private Future<Seal> open() {
    return store
        .active()
        .compose(stored -> stored.map(this::unseal).orElseGet(this::firstStart))
        .recover(Unsealing::sealed);
  }

  private static Future<Seal> sealed(Throwable cause) {
    if (cause instanceof Failure failure && failure.code() == Code.SEALED) {
      log.error("the vault is sealed: {}", failure.detail());
      return Future.succeededFuture(new Seal.Sealed(failure.detail()));
    }
    return Future.failedFuture(cause);
  }

  private Future<Seal> unseal(StoredKeyring stored) {
    return vertx
        .executeBlocking(() -> source.find().orElseThrow(source::missing))
        .map(
            master -> {
              try (master) {
                return unwrap(stored, master);
              }
            });
  }

  private static Seal unwrap(StoredKeyring stored, MasterKey master) {
    if (!MessageDigest.isEqual(stored.canary(), master.canary(stored.vaultId()))) {
      throw new Failure(
          Code.SEALED,
          "the master key is not the one this data was made with; start with the right one");
    }
    return Keyring.unwrap(stored.wrapped(), master, stored.vaultId(), stored.generation())
        .<Seal>map(keyring -> new Seal.Open(stored.vaultId(), keyring))
        .orElseThrow(
            () ->
                new Failure(
                    Code.SEALED,
                    "the master key is right, but the stored keyring is damaged; restore a"
                        + " backup"));
  }

  private Future<Seal> firstStart() {
    return store
        .untouched()
        .compose(
            untouched -> {
              if (!untouched) {
                throw new Failure(Code.SEALED, "the data has lost its keyring; restore a backup");
              }
              return vertx.executeBlocking(
                  () -> source.find().orElseGet(() -> source.create(random)));
            })
        .compose(this::create)
        .compose(created -> store.active())
        // Read back from the disk and opened again: what cannot be read must not be used.
        .compose(stored -> unseal(stored.orElseThrow()));
  }

  private Future<Void> create(MasterKey master) {
    var vaultId = RandomId.of("vault_", random);
    try (master) {
      var keyring = Keyring.create(random);
      var row =
          new StoredKeyring(vaultId, 1, keyring.wrap(master, vaultId, 1), master.canary(vaultId));
      var entry =
          AuditEntry.ok(
              clock.instant(), "akm", AuditEntry.Action.VAULT_CREATE, vaultId, AuditDetail.NONE);
      // The first row of the log is chained with the keyring whose making it tells of.
      var audit = AuditStore.of(database, new Seal.Open(vaultId, keyring), node);
      return new KeyringStore(database, audit).create(row, entry);
    }
  }
}
