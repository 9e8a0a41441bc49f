package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.MasterKey;
import io.commandcenter.akm.store.StoredKeyring;
import io.commandcenter.akm.vault.Opening.Opened;
import io.vertx.core.Future;
import java.security.MessageDigest;

/**
 * The master key file in a rekey. The new key lies beside it as {@code .next} before anything is
 * wrapped with it; it takes the file's place in one step, so that there is a key at every moment;
 * the old one stays as {@code .old} until the confirm.
 */
final class MasterFiles {
  private static final String NEXT = ".next";
  private static final String OLD = ".old";

  private final RekeyTools tools;

  MasterFiles(RekeyTools tools) {
    this.tools = tools;
  }

  /** The next master key, durable; the one that an interrupted rekey left, if there is one. */
  Future<NewMaster> next(Opened opened) {
    return tools.vertx().executeBlocking(() -> makeNext(opened));
  }

  private NewMaster makeNext(Opened opened) {
    var file = replaceable();
    refuseAnother(file.beside(OLD), opened);
    var next = file.beside(NEXT);
    var left = next.readIfWhole().filter(key -> !key.sameAs(opened.master()));
    if (left.isPresent()) {
      return new NewMaster(left.get(), null);
    }
    // Cut off while it was made, and nothing is wrapped with it.
    next.delete();
    next.create(MasterKey.random(tools.random()));
    tools.steps().done("next-file-written");
    // What was read back is what the vault will be wrapped with.
    return new NewMaster(next.read(), null);
  }

  private MasterKeyFile replaceable() {
    return tools
        .source()
        .replaceable()
        .orElseThrow(
            () ->
                new Failure(
                    Code.CONFLICT,
                    "only a key file of this server's own can be exchanged by itself, and the"
                        + " master key comes from elsewhere: stop the server, run `akm rekey"
                        + " master --offline --new-key-file FILE`, then give it the new key"));
  }

  private static void refuseAnother(MasterKeyFile old, Opened opened) {
    if (old.readIfWhole().filter(key -> !key.sameAs(opened.master())).isPresent()) {
      throw new Failure(
          Code.CONFLICT, "the file " + old.path() + " holds another master key; move it away");
    }
  }

  /** After the activation: the new key takes the file's place. Done before, it does nothing. */
  Future<Void> putInPlace(Opened opened) {
    return tools
        .vertx()
        .executeBlocking(
            () -> {
              move(opened);
              return null;
            });
  }

  private void move(Opened opened) {
    var file = tools.source().replaceable();
    var next = file.map(there -> there.beside(NEXT)).filter(MasterKeyFile::exists);
    if (next.isEmpty()
        || next.get().readIfWhole().filter(key -> opens(key, opened.active())).isEmpty()) {
      return;
    }
    var old = file.get().beside(OLD);
    try (var key = file.get().read()) {
      if (old.readIfWhole().filter(key::sameAs).isEmpty()) {
        old.delete();
        old.create(key);
      }
    }
    tools.steps().done("old-file-kept");
    next.get().moveOver(file.get());
    tools.steps().done("next-file-moved");
  }

  /** The copy that the rekey kept; a file with any other key is left alone. */
  Future<Void> deleteOld(Opened opened) {
    return tools
        .vertx()
        .executeBlocking(
            () -> {
              var old = tools.source().file().map(file -> file.beside(OLD));
              var ours =
                  old.flatMap(MasterKeyFile::readIfWhole)
                      .filter(
                          key ->
                              opened.stored().stream()
                                  .anyMatch(row -> !row.active() && opens(key, row)));
              if (ours.isPresent()) {
                old.get().delete();
                tools.steps().done("old-file-deleted");
              }
              return null;
            });
  }

  private static boolean opens(MasterKey key, StoredKeyring row) {
    return row.kdf() == null && MessageDigest.isEqual(row.canary(), key.canary(row.vaultId()));
  }
}
