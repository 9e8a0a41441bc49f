package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.MasterKey;
import io.commandcenter.akm.store.StoredKeyring;
import io.commandcenter.akm.vault.Opening.Opened;
import io.vertx.core.Future;
import java.util.List;

/**
 * Exchanges the master key. The next generation is written beside the active one, read back, opened
 * and activated; until a person confirms, either master key opens the vault. Whatever stops it, the
 * same call goes on from what it finds.
 */
final class MasterRekey {
  private final RekeyTools tools;
  private final MasterFiles files;

  MasterRekey(RekeyTools tools) {
    this.tools = tools;
    files = new MasterFiles(tools);
  }

  /**
   * Makes a new master key in the place of the key file.
   *
   * @param by the principal
   */
  Future<Void> begin(String by) {
    return tools
        .opening()
        .open()
        .compose(
            opened ->
                closing(
                    opened,
                    activated(opened.stored())
                        ? files.putInPlace(opened)
                        : files
                            .next(opened)
                            .compose(next -> exchange(opened, next, by))
                            .compose(active -> tools.opening().open())
                            .compose(now -> closing(now, files.putInPlace(now)))));
  }

  /**
   * Activates a master key that a person keeps; where the server takes it from is exchanged by that
   * person, before the confirm.
   */
  Future<Void> begin(String by, MasterKeyFile given, boolean passphrase) {
    return tools
        .opening()
        .open()
        .compose(
            opened ->
                closing(
                    opened,
                    activated(opened.stored())
                        ? Future.failedFuture(waiting(opened.stored()))
                        : tools
                            .vertx()
                            .executeBlocking(() -> read(given, passphrase))
                            .compose(next -> exchange(opened, next, by))));
  }

  private NewMaster read(MasterKeyFile given, boolean passphrase) {
    try (var secret =
        passphrase
            ? new MasterSecret.Passphrase(given.passphrase())
            : new MasterSecret.Random(given.read())) {
      return NewMaster.of(secret, tools.random());
    }
  }

  private Future<Void> exchange(Opened opened, NewMaster next, String by) {
    var active = opened.active();
    if (next.key().sameAs(opened.master())) {
      next.close();
      return Future.failedFuture(
          new Failure(Code.CONFLICT, "this is the master key that is in use; make a new one"));
    }
    var row = next.wrap(opened.keyring(), active.vaultId(), active.generation() + 1, false);
    var written = tools.entry(by, row, "master", "written", null);
    return tools
        .keyrings()
        .propose(active, row, written)
        .map(MasterRekey::asSeen)
        .compose(done -> readBack(row, next.key()))
        .compose(
            read ->
                tools
                    .keyrings()
                    .activate(active, row, tools.entry(by, row, "master", "activated", null)))
        .map(MasterRekey::asSeen)
        .onSuccess(done -> tools.steps().done("activated"))
        .eventually(
            () -> {
              next.close();
              return Future.succeededFuture();
            });
  }

  /** What cannot be read back and opened must not become the active one. */
  private Future<Keyring> readBack(StoredKeyring row, MasterKey master) {
    tools.steps().done("generation-written");
    return tools
        .keyrings()
        .generations()
        .map(
            stored -> {
              var read =
                  stored.stream().filter(other -> other.generation() == row.generation()).toList();
              try (var key = new MasterSecret.Random(master.copy());
                  var opened = Opening.open(asRandom(read), key)) {
                tools.steps().done("generation-read-back");
                return opened.keyring();
              }
            });
  }

  /** The master key is derived already: a passphrase must not be derived from once more. */
  private static List<StoredKeyring> asRandom(List<StoredKeyring> rows) {
    return rows.stream()
        .map(
            row ->
                new StoredKeyring(
                    row.vaultId(), row.generation(), row.wrapped(), row.canary(), null, false))
        .toList();
  }

  /** Ends the old master key; refused unless what the server is given now is the new one. */
  Future<Void> confirm(String by) {
    return tools
        .keyrings()
        .generations()
        .compose(
            stored ->
                activated(stored)
                    ? tools.opening().open(stored)
                    : Future.failedFuture(
                        new Failure(Code.CONFLICT, "no new master key waits for its confirm")))
        .compose(opened -> closing(opened, confirm(opened, by)));
  }

  private Future<Void> confirm(Opened opened, String by) {
    if (!opened.row().active()) {
      return Future.failedFuture(
          new Failure(
              Code.CONFLICT,
              "the server is still given the old master key; put the new one in its place, then"
                  + " confirm"));
    }
    tools.steps().done("confirm-checked");
    Future<Void> done = files.deleteOld(opened);
    for (var old : opened.stored().subList(1, opened.stored().size())) {
      var entry = tools.entry(by, old, "master", "confirmed", null);
      done = done.compose(before -> tools.keyrings().forget(old, entry)).map(MasterRekey::asSeen);
    }
    return done.onSuccess(all -> tools.steps().done("generation-deleted"));
  }

  /** Whether a new master key is active, and the one before not yet gone. */
  static boolean activated(List<StoredKeyring> stored) {
    return stored.stream().anyMatch(row -> row.generation() < stored.get(0).generation());
  }

  /** Whether a new generation is written, and not yet active. */
  static boolean written(List<StoredKeyring> stored) {
    return stored.stream().anyMatch(row -> row.generation() > stored.get(0).generation());
  }

  /** Why the keyring cannot be changed while there is more than one generation. */
  static Failure waiting(List<StoredKeyring> stored) {
    return new Failure(
        Code.CONFLICT,
        activated(stored)
            ? "a new master key waits for its confirm; confirm it first"
            : "a rekey of the master key was stopped; run `akm rekey master` again first");
  }

  private static Void asSeen(boolean done) {
    if (!done) {
      throw new Failure(Code.CONFLICT, "the keyring was changed at the same time; try again");
    }
    return null;
  }

  private static <T> Future<T> closing(Opened opened, Future<T> work) {
    return work.eventually(
        () -> {
          opened.close();
          return Future.succeededFuture();
        });
  }
}
