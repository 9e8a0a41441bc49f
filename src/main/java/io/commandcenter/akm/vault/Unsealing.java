package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Keyring;
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
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
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
  private final Opening opening;
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
    opening = new Opening(vertx, store, source);
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

  static Future<Seal> open(
      Vertx vertx,
      Database database,
      String node,
      MasterKeySource source,
      Clock clock,
      SecureRandom random) {
    return new Unsealing(vertx, database, node, source, clock, random).open();
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

  /**
   * Makes the vault, and a master key if the sources hold none; CONFLICT if there is a vault
   * already. Gives one sentence that says where the master key is.
   */
  public static Future<String> init(
      Vertx vertx,
      Database database,
      Map<String, String> environment,
      ServerConfig config,
      Clock clock,
      SecureRandom random) {
    return of(vertx, database, environment, config, clock, random).init();
  }

  private static Unsealing of(
      Vertx vertx,
      Database database,
      Map<String, String> environment,
      ServerConfig config,
      Clock clock,
      SecureRandom random) {
    var source = MasterKeySource.of(environment, config);
    return new Unsealing(vertx, database, config.audit().node(), source, clock, random);
  }

  private Future<Seal> look() {
    return store
        .generations()
        .map(
            stored -> {
              if (stored.isEmpty()) {
                throw new Failure(Code.SEALED, "there is no vault in this data yet");
              }
              return stored;
            })
        .compose(this::unseal)
        .recover(Unsealing::sealed);
  }

  private Future<Seal> open() {
    return store
        .generations()
        .compose(stored -> stored.isEmpty() ? firstStart() : unseal(stored))
        .recover(Unsealing::sealed);
  }

  private static Future<Seal> sealed(Throwable cause) {
    if (cause instanceof Failure failure && failure.code() == Code.SEALED) {
      log.error("the vault is sealed: {}", failure.detail());
      return Future.succeededFuture(new Seal.Sealed(failure.detail()));
    }
    return Future.failedFuture(cause);
  }

  private Future<Seal> unseal(List<StoredKeyring> stored) {
    return opening
        .open(stored)
        .map(
            opened -> {
              try (opened) {
                return new Seal.Open(opened.row().vaultId(), opened.keyring());
              }
            });
  }

  private Future<Seal> firstStart() {
    return store
        .untouched()
        .compose(
            untouched -> {
              if (!untouched) {
                throw new Failure(Code.SEALED, "the data has lost its keyring; restore a backup");
              }
              return vertx.executeBlocking(this::firstMaster);
            })
        .compose(this::create)
        .compose(created -> store.generations())
        // Read back from the disk and opened again: what cannot be read must not be used.
        .compose(this::unseal);
  }

  private NewMaster firstMaster() {
    try (var secret =
        source.find().orElseGet(() -> new MasterSecret.Random(source.create(random).read()))) {
      return NewMaster.of(secret, random);
    }
  }

  private Future<Void> create(NewMaster master) {
    var vaultId = RandomId.of("vault_", random);
    try (master) {
      var keyring = Keyring.create(random);
      var row = master.wrap(keyring, vaultId, 1, true);
      var entry =
          AuditEntry.ok(
              clock.instant(), "akm", AuditEntry.Action.VAULT_CREATE, vaultId, AuditDetail.NONE);
      // The first row of the log is chained with the keyring whose making it tells of.
      var audit = AuditStore.of(database, new Seal.Open(vaultId, keyring), node);
      return new KeyringStore(database, audit).create(row, SelfTest.seal(keyring, vaultId), entry);
    }
  }

  private Future<String> init() {
    return store
        .generations()
        .compose(
            stored -> {
              if (!stored.isEmpty()) {
                throw new Failure(
                    Code.CONFLICT, "there is a vault in this data directory already; use it");
              }
              return vertx.executeBlocking(source::kinds);
            })
        .compose(kinds -> firstStart().map(seal -> where(kinds)));
  }

  private String where(List<String> kindsBefore) {
    return kindsBefore.isEmpty()
        ? "a new master key is in " + source.file().orElseThrow().path()
        : "the vault opens with the master key it was given: " + String.join(", ", kindsBefore);
  }
}
