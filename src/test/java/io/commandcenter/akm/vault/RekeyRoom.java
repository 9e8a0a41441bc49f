package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.core.crypto.AssociatedData;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyAbout;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.store.KeyVersion;
import io.commandcenter.akm.store.KeyringStore;
import io.commandcenter.akm.store.StoredKeyring;
import io.commandcenter.akm.testkit.Configs;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** A data directory with a real vault and its key file, without the service. */
final class RekeyRoom implements AutoCloseable {
  static final SecureRandom RANDOM = new SecureRandom();

  private static final String ORIGIN = "origin";
  static final String NODE = "main";

  final Vertx vertx = Vertx.vertx();
  final Path keyFile;
  final Database database;
  final KeyStore keys;
  final KeyringStore keyrings;
  final AtomicReference<Keyring> inForce = new AtomicReference<>();
  private final Path data;
  private final Map<String, String> environment;

  private RekeyRoom(Path folder, Map<String, String> environment) {
    this.environment = environment;
    data = folder.resolve("data");
    keyFile = folder.resolve("keys/master.key");
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database = Vaults.await(Database.open(vertx, data.resolve("akm.db")));
    keys = new KeyStore(database, new AuditStore(database));
    keyrings = new KeyringStore(database, new AuditStore(database));
  }

  /** With the key file in {@code keys} beside the data. */
  static RekeyRoom open(Path folder) {
    return open(folder, Map.of("AKM_MASTER_KEY_FILE", folder + "/keys/master.key"));
  }

  static RekeyRoom open(Path folder, Map<String, String> environment) {
    return new RekeyRoom(folder, environment);
  }

  ServerConfig config() {
    return Configs.server(new JsonObject().put("data_dir", data.toString()));
  }

  MasterKeySource source() {
    return source(environment);
  }

  MasterKeySource source(Map<String, String> variables) {
    return MasterKeySource.of(variables, config());
  }

  Seal unseal() {
    return Vaults.await(Unsealing.open(vertx, database, NODE, source(), new MovingClock(), RANDOM));
  }

  RekeyTools tools(RekeyTools.Steps steps) {
    return tools(source(), steps);
  }

  RekeyTools tools(MasterKeySource source, RekeyTools.Steps steps) {
    var audit = AuditStore.of(database, unseal(), NODE);
    return RekeyTools.of(vertx, database, audit, source, new MovingClock(), RANDOM, inForce::set)
        .heardBy(steps);
  }

  List<StoredKeyring> generations() {
    return Vaults.await(keyrings.generations());
  }

  /** Seals this many secrets, each of which is its key's id. */
  void fill(int count, String prefix) {
    var opened = (Seal.Open) unseal();
    for (var i = 0; i < count; i++) {
      add(prefix + i, opened);
    }
  }

  void add(String id, Seal.Open open) {
    var place = AssociatedData.ofKeyVersion(open.vaultId(), id, 1, ORIGIN);
    var blob = open.keyring().cipher().seal(Secret.of("secret of " + id), place);
    var at = Instant.EPOCH;
    var row =
        new KeyRow(
            id,
            "anthropic",
            id,
            KeyState.ACTIVE,
            1,
            1,
            "…",
            "f",
            null,
            KeyAbout.NONE,
            at,
            null,
            null,
            null,
            null,
            null);
    var entry = AuditEntry.ok(at, "test", AuditEntry.Action.KEY_ADD, id, AuditDetail.NONE);
    var audited = new KeyStore(database, AuditStore.of(database, open, NODE));
    Vaults.await(audited.add(row, new KeyVersion(id, 1, KeyState.ACTIVE, blob, ORIGIN), entry));
  }

  /** The keys whose secret this keyring does not give as it was sealed. */
  List<String> unreadable(Keyring keyring, String vaultId) {
    return Vaults.await(keys.list()).stream()
        .map(KeyRow::id)
        .filter(id -> !isReadable(keyring, vaultId, id))
        .toList();
  }

  private boolean isReadable(Keyring keyring, String vaultId, String id) {
    var version = Vaults.await(keys.version(id, 1)).orElseThrow();
    var place = AssociatedData.ofKeyVersion(vaultId, id, 1, ORIGIN);
    return keyring
        .cipher()
        .open(version.sealed().blob(), place)
        .filter(Secret.of("secret of " + id)::equals)
        .isPresent();
  }

  /** What each key file that is there now opens: its name and the generation. */
  Map<String, Opening.Opened> openedByFiles() {
    var opened = new TreeMap<String, Opening.Opened>();
    for (var suffix : List.of("", ".next", ".old")) {
      var file = new MasterKeyFile(Path.of(keyFile + suffix), MasterKeyFile.processOwner());
      file.readIfWhole()
          .ifPresent(
              key -> {
                try {
                  opened.put(suffix, Opening.open(generations(), new MasterSecret.Random(key)));
                } catch (io.commandcenter.akm.contract.Failure opensNothing) {
                  // A key that nothing is wrapped with yet.
                }
              });
    }
    return opened;
  }

  Object sql(String query) {
    return Vaults.await(database.read(query, Tuple.tuple())).iterator().next().getValue(0);
  }

  void write(String sql) {
    Vaults.await(database.write(c -> c.preparedQuery(sql).execute(Tuple.tuple())));
  }

  @Override
  public void close() {
    Vaults.await(database.close());
    Vaults.await(vertx.close());
  }
}
