package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.ReadyCalls.Ready;
import io.commandcenter.akm.core.crypto.AssociatedData;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.SealedSecret;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.DataKeyStore;
import io.vertx.core.Future;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows, from the data as it is, that the vault still opens what it sealed. */
final class SelfTest {
  private static final Logger log = LoggerFactory.getLogger(SelfTest.class);
  private static final Secret TEXT = Secret.of("this vault opens what it sealed");

  private final DataKeyStore store;
  private final Custody custody;
  private final String vaultId;
  private final Clock clock;

  SelfTest(DataKeyStore store, Custody custody, String vaultId, Clock clock) {
    this.store = store;
    this.custody = custody;
    this.vaultId = vaultId;
    this.clock = clock;
  }

  static SealedSecret seal(Keyring keyring, String vaultId) {
    return keyring.cipher().seal(TEXT, AssociatedData.ofSelfTest(vaultId));
  }

  private boolean passes(SealedSecret stored) {
    return custody
        .inForce()
        .cipher()
        .open(stored.blob(), AssociatedData.ofSelfTest(vaultId))
        .filter(TEXT::equals)
        .isPresent();
  }

  /**
   * Seals the text in the data of an earlier version, which has none; never fails: without it the
   * vault is not ready.
   */
  Future<Void> prepare() {
    return store
        .selfTest()
        .compose(
            found -> {
              var entry =
                  AuditEntry.ok(
                      clock.instant(),
                      "akm",
                      AuditEntry.Action.VAULT_SELF_TEST,
                      vaultId,
                      AuditDetail.NONE);
              return found.isPresent()
                  ? Future.<Void>succeededFuture()
                  : store.putSelfTest(seal(custody.inForce(), vaultId), entry);
            })
        .recover(
            cause -> {
              log.error("the self-test of the vault could not be written", cause);
              return Future.succeededFuture();
            });
  }

  Future<Ready> check() {
    return check(true)
        .otherwise(
            cause -> {
              log.error("the self-test of the vault could not be read", cause);
              return new Ready(false, "the data cannot be read; look into the log");
            });
  }

  /**
   * @param again a row read just before a rekey dropped its data key is read once more
   */
  private Future<Ready> check(boolean again) {
    return store
        .selfTest()
        .compose(
            found -> {
              if (found.isPresent() && again && !custody.canOpen(found.get())) {
                return check(false);
              }
              return Future.succeededFuture(
                  found
                      .map(this::passes)
                      .map(passed -> passed ? new Ready(true, "open") : failed())
                      .orElseGet(SelfTest::missing));
            });
  }

  private static Ready failed() {
    return new Ready(
        false, "the vault does not open what it sealed: the data was changed; restore a backup");
  }

  private static Ready missing() {
    return new Ready(false, "the vault's self-test is missing from the data; restart or restore");
  }
}
