package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.MasterKey;
import io.commandcenter.akm.core.crypto.PassphraseKdf;
import io.commandcenter.akm.store.KeyringStore;
import io.commandcenter.akm.store.StoredKeyring;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.MessageDigest;
import java.util.List;

/**
 * Opens the stored keyring with what the sources hold now; SEALED with a sentence if it does not
 * open. The master key is read anew each time: it is not kept in memory.
 */
final class Opening {
  /**
   * A generation that a master key opened.
   *
   * @param stored every generation, the active one first
   */
  record Opened(StoredKeyring row, List<StoredKeyring> stored, MasterKey master, Keyring keyring)
      implements AutoCloseable {
    Opened {
      stored = List.copyOf(stored);
    }

    StoredKeyring active() {
      return stored.get(0);
    }

    @Override
    public void close() {
      master.close();
    }
  }

  private final Vertx vertx;
  private final KeyringStore store;
  private final MasterKeySource source;

  Opening(Vertx vertx, KeyringStore store, MasterKeySource source) {
    this.vertx = vertx;
    this.store = store;
    this.source = source;
  }

  /** Tries every stored generation, the active one first; whoever asks closes the answer. */
  Future<Opened> open() {
    return store.generations().compose(this::open);
  }

  Future<Opened> open(List<StoredKeyring> stored) {
    return vertx.executeBlocking(
        () -> {
          try (var secret = source.find().orElseThrow(source::missing)) {
            return open(stored, secret);
          }
        });
  }

  /** Derives and compares: a passphrase takes its time. */
  static Opened open(List<StoredKeyring> stored, MasterSecret secret) {
    for (var row : stored) {
      var master = secret.masterOf(kdf(row)).orElse(null);
      if (master == null) {
        continue;
      }
      if (MessageDigest.isEqual(row.canary(), master.canary(row.vaultId()))) {
        return new Opened(row, stored, master, unwrap(row, master));
      }
      master.close();
    }
    throw sealed("the master key is not the one this data was made with; start with the right one");
  }

  private static PassphraseKdf kdf(StoredKeyring row) {
    return row.kdf() == null
        ? null
        : PassphraseKdf.parse(row.kdf())
            .orElseThrow(
                () ->
                    sealed(
                        "the stored parameters of the passphrase are damaged; restore a backup"));
  }

  private static Keyring unwrap(StoredKeyring row, MasterKey master) {
    return Keyring.unwrap(row.wrapped(), master, row.vaultId(), row.generation())
        .orElseThrow(
            () ->
                sealed(
                    "the master key is right, but the stored keyring is damaged; restore a"
                        + " backup"));
  }

  private static Failure sealed(String reason) {
    return new Failure(Code.SEALED, reason);
  }
}
