package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.AssociatedData;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.DataKeyStore.References;
import io.commandcenter.akm.store.DataKeyStore.Resealed;
import io.commandcenter.akm.store.KeyVersion;
import io.commandcenter.akm.store.StoredKeyring;
import io.commandcenter.akm.vault.Opening.Opened;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Seals everything with a new data key: it is added, promoted, every text that another key sealed
 * is sealed again, and the other keys go when nothing needs them. What the keyring and the rows say
 * is all its memory, so it goes on from wherever it was stopped.
 */
final class DataRekey {
  private static final int PASSES = 100;

  private final RekeyTools tools;
  private final int batch;

  DataRekey(RekeyTools tools, int batch) {
    this.tools = tools;
    this.batch = batch;
  }

  /**
   * Gives what was left: complete unless some texts do not open.
   *
   * @param another also begins with a further key when an earlier rekey could not end
   */
  Future<References> run(String by, boolean another) {
    return opened(o -> add(o, by, another))
        .compose(row -> opened(o -> promote(o, by)))
        .compose(row -> opened(o -> Future.succeededFuture(o)))
        .compose(o -> seal(o.row(), o.keyring(), by, PASSES));
  }

  /** The master key is read for each change of the keyring, and forgotten after it. */
  private <T> Future<T> opened(java.util.function.Function<Opened, Future<T>> work) {
    return tools
        .opening()
        .open()
        .compose(
            opened -> {
              if (opened.stored().size() > 1) {
                opened.close();
                return Future.failedFuture(MasterRekey.waiting(opened.stored()));
              }
              return work.apply(opened)
                  .eventually(
                      () -> {
                        opened.close();
                        return Future.succeededFuture();
                      });
            });
  }

  private Future<Void> add(Opened opened, String by, boolean another) {
    var keyring = opened.keyring();
    var ids = keyring.dataKeyIds();
    var idle = ids.get(ids.size() - 1) == keyring.primaryId();
    if (ids.size() > 1 && !(another && idle)) {
      return Future.succeededFuture();
    }
    return tools
        .dataKeys()
        .ids()
        .compose(
            taken -> {
              var more = keyring.withNewKey(tools.random(), Set.copyOf(taken));
              return store(opened, more, by, "key-added");
            });
  }

  /** The newest key is the last one of the keyring. */
  private Future<Void> promote(Opened opened, String by) {
    var ids = opened.keyring().dataKeyIds();
    var newest = ids.get(ids.size() - 1);
    return newest == opened.keyring().primaryId()
        ? Future.succeededFuture()
        : store(opened, opened.keyring().promoting(newest), by, "key-promoted");
  }

  private Future<Void> store(Opened opened, Keyring next, String by, String state) {
    var row = opened.row();
    var entry = tools.entry(by, row, "data", state, null);
    return tools
        .dataKeys()
        .change(row, wrapped(opened, next), entry)
        .map(
            done -> {
              inForce(done, next, state);
              return null;
            });
  }

  /** Opened again before it is stored: what does not open must not replace what does. */
  private static byte[] wrapped(Opened opened, Keyring next) {
    var row = opened.row();
    var wrapped = next.wrap(opened.master(), row.vaultId(), row.generation());
    if (Keyring.unwrap(wrapped, opened.master(), row.vaultId(), row.generation()).isEmpty()) {
      throw new IllegalStateException("a keyring does not open after it was wrapped");
    }
    return wrapped;
  }

  private void inForce(boolean stored, Keyring next, String state) {
    if (!stored) {
      throw new Failure(Code.CONFLICT, "the keyring was changed at the same time; try again");
    }
    tools.turn().accept(next);
    tools.steps().done(state);
  }

  /** Passes over what is left until nothing is, or nothing that opens. */
  private Future<References> seal(StoredKeyring row, Keyring keyring, String by, int passesLeft) {
    return pass(row, keyring, by, "", 0)
        .compose(unreadable -> sealSelfTest(row, keyring, by).map(unreadable))
        .compose(
            unreadable ->
                tools
                    .dataKeys()
                    .references(keyring.primaryId())
                    .compose(
                        left -> {
                          if (left.complete()) {
                            return drop(by).map(left);
                          }
                          return unreadable >= left.total() - left.done() || passesLeft == 0
                              ? Future.succeededFuture(left)
                              : seal(row, keyring, by, passesLeft - 1);
                        }));
  }

  /** Gives how many texts did not open. */
  private Future<Long> pass(
      StoredKeyring row, Keyring keyring, String by, String afterKey, int afterVersion) {
    return tools
        .dataKeys()
        .sealedByOthers(keyring.primaryId(), afterKey, afterVersion, batch)
        .compose(
            versions -> {
              if (versions.isEmpty()) {
                return Future.succeededFuture(0L);
              }
              var resealed = again(versions, keyring, row.vaultId());
              var last = versions.get(versions.size() - 1);
              return keep(row, resealed, by)
                  .compose(kept -> pass(row, keyring, by, last.keyId(), last.version()))
                  .map(unreadable -> unreadable + versions.size() - resealed.size());
            });
  }

  private static List<Resealed> again(List<KeyVersion> versions, Keyring keyring, String vaultId) {
    var resealed = new ArrayList<Resealed>();
    for (var version : versions) {
      var place =
          AssociatedData.ofKeyVersion(
              vaultId, version.keyId(), version.version(), version.originHash());
      keyring
          .cipher()
          .open(version.sealed().blob(), place)
          .ifPresent(secret -> resealed.add(again(version, keyring, secret, place)));
    }
    return resealed;
  }

  private static Resealed again(
      KeyVersion version, Keyring keyring, Secret secret, AssociatedData place) {
    try (secret) {
      return new Resealed(version, keyring.cipher().seal(secret, place));
    }
  }

  private Future<Void> keep(StoredKeyring row, List<Resealed> resealed, String by) {
    if (resealed.isEmpty()) {
      return Future.succeededFuture();
    }
    return tools
        .dataKeys()
        .reseal(resealed, tools.entry(by, row, "data", "sealed-again", resealed.size()))
        .onSuccess(changed -> tools.steps().done("batch-sealed"))
        .mapEmpty();
  }

  private Future<Void> sealSelfTest(StoredKeyring row, Keyring keyring, String by) {
    var place = AssociatedData.ofSelfTest(row.vaultId());
    return tools
        .dataKeys()
        .selfTest()
        .compose(
            stored -> {
              var text =
                  stored
                      .filter(made -> made.dataKeyId() != keyring.primaryId())
                      .flatMap(made -> keyring.cipher().open(made.blob(), place));
              if (text.isEmpty()) {
                return Future.<Void>succeededFuture();
              }
              var entry = tools.entry(by, row, "data", "self-test-sealed", null);
              try (var secret = text.get()) {
                return tools.dataKeys().putSelfTest(keyring.cipher().seal(secret, place), entry);
              }
            })
        .onSuccess(done -> tools.steps().done("self-test-sealed"));
  }

  private Future<Void> drop(String by) {
    return opened(
        opened -> {
          var all = opened.keyring().dataKeyIds();
          if (all.size() == 1) {
            return Future.<Void>succeededFuture();
          }
          var next = opened.keyring().withPrimaryOnly();
          var gone = all.stream().filter(id -> id != next.primaryId()).toList();
          return drop(opened, next, gone, by);
        });
  }

  private Future<Void> drop(Opened opened, Keyring next, List<Long> gone, String by) {
    AuditEntry entry = tools.entry(by, opened.row(), "data", "key-dropped", gone.size());
    return tools
        .dataKeys()
        .drop(opened.row(), wrapped(opened, next), next.primaryId(), gone, entry)
        .map(
            done -> {
              inForce(done, next, "key-dropped");
              return null;
            });
  }
}
