package io.commandcenter.akm.testkit;

import static io.commandcenter.akm.testkit.TestVertx.await;

import io.commandcenter.akm.core.crypto.AssociatedData;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.store.Snapshot;
import io.commandcenter.akm.vault.Unsealing;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A data directory that nobody serves, opened to look at everything in it. */
public final class RestoredVault implements AutoCloseable {
  private final TestVertx test = new TestVertx();
  private final Path file;
  private final Database database;
  private final Seal.Open seal;

  private RestoredVault(Path data, Path masterKey) {
    file = data.resolve("akm.db");
    database = await(Database.open(test.vertx(), file));
    seal =
        (Seal.Open)
            await(
                Unsealing.open(
                    test.vertx(),
                    database,
                    Map.of("AKM_MASTER_KEY_FILE", masterKey.toString()),
                    Configs.server(new JsonObject().put("data_dir", data.toString())),
                    Clock.systemUTC(),
                    new SecureRandom()));
  }

  public static RestoredVault open(Path data, Path masterKey) {
    return new RestoredVault(data, masterKey);
  }

  /** Every sealed version that opens, as {@code key id/version}. */
  public Map<String, String> plaintexts() {
    var plain = new HashMap<String, String>();
    try {
      for (var version : Snapshot.sealedVersions(file)) {
        var place =
            AssociatedData.ofKeyVersion(
                seal.vaultId(), version.keyId(), version.version(), version.originHash());
        seal.keyring()
            .cipher()
            .open(version.sealed().blob(), place)
            .ifPresent(
                secret ->
                    plain.put(
                        version.keyId() + "/" + version.version(),
                        secret.use(bytes -> new String(bytes, StandardCharsets.UTF_8))));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return plain;
  }

  /** The ids of the requests whose attempts are recorded. */
  public Set<String> requests() {
    var requests = new HashSet<String>();
    await(database.read("select distinct request_id from usage_event", Tuple.tuple()))
        .forEach(row -> requests.add(row.getString(0)));
    return requests;
  }

  @Override
  public void close() {
    await(database.close());
    test.close();
  }
}
