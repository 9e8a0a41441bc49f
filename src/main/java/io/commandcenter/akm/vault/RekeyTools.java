package io.commandcenter.akm.vault;

import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.DataKeyStore;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.store.KeyringStore;
import io.commandcenter.akm.store.StoredKeyring;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * What both rekeys need.
 *
 * @param turn puts a keyring in force
 * @param steps hears of each step that is done
 */
record RekeyTools(
    Vertx vertx,
    KeyringStore keyrings,
    DataKeyStore dataKeys,
    MasterKeySource source,
    Clock clock,
    SecureRandom random,
    Consumer<Keyring> turn,
    Steps steps) {

  /** Where a rekey is; a test stops it there. */
  @FunctionalInterface
  interface Steps {
    Steps UNHEARD = step -> {};

    void done(String step);
  }

  static RekeyTools of(
      Vertx vertx,
      Database database,
      AuditStore audit,
      MasterKeySource source,
      Clock clock,
      SecureRandom random,
      Consumer<Keyring> turn) {
    return new RekeyTools(
        vertx,
        new KeyringStore(database, audit),
        new DataKeyStore(database, audit),
        source,
        clock,
        random,
        turn,
        Steps.UNHEARD);
  }

  RekeyTools heardBy(Steps listener) {
    return new RekeyTools(vertx, keyrings, dataKeys, source, clock, random, turn, listener);
  }

  Opening opening() {
    return new Opening(vertx, keyrings, source);
  }

  /**
   * @param state what was done, for example {@code activated}
   * @param count of texts; null if it is not about them
   */
  AuditEntry entry(String by, StoredKeyring row, String kind, String state, Integer count) {
    var detail =
        AuditDetail.NONE
            .with(Field.GENERATION, row.generation())
            .with(Field.STATE, state)
            .with(Field.COUNT, count)
            .with(Field.REASON, kind);
    return AuditEntry.ok(clock.instant(), by, AuditEntry.Action.VAULT_REKEY, row.vaultId(), detail);
  }
}
