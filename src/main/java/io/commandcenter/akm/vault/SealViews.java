package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.SealCalls.RekeyProgress;
import io.commandcenter.akm.contract.SealCalls.SealStatus;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.DataKeyStore.References;
import io.commandcenter.akm.store.StoredKeyring;
import io.vertx.core.Future;
import java.util.List;

/** What may be shown of the seal and of a rekey. */
final class SealViews {
  private final RekeyTools tools;
  private final SealDesk.Limits limits;

  SealViews(RekeyTools tools, SealDesk.Limits limits) {
    this.tools = tools;
    this.limits = limits;
  }

  /**
   * @param custody null for a sealed vault
   */
  Future<SealStatus> status(Seal seal, Custody custody) {
    return tools
        .keyrings()
        .generations()
        .compose(
            stored ->
                tools
                    .vertx()
                    .executeBlocking(this::sources)
                    .compose(
                        sources ->
                            seal instanceof Seal.Sealed sealed
                                ? Future.succeededFuture(sealed(stored, sources, sealed.reason()))
                                : open(stored, sources, custody)));
  }

  private List<String> sources() {
    try {
      return tools.source().kinds();
    } catch (Failure misplaced) {
      return List.of();
    }
  }

  private static SealStatus sealed(
      List<StoredKeyring> stored, List<String> sources, String reason) {
    var active = stored.stream().findFirst();
    return new SealStatus(
        true,
        reason,
        active.map(StoredKeyring::vaultId).orElse(null),
        active.map(StoredKeyring::generation).orElse(null),
        MasterRekey.activated(stored),
        sources,
        null,
        null,
        null,
        null);
  }

  private Future<SealStatus> open(
      List<StoredKeyring> stored, List<String> sources, Custody custody) {
    var keyring = custody.inForce();
    var active = stored.stream().findFirst();
    return tools
        .dataKeys()
        .encryptions(keyring.primaryId())
        .map(
            encryptions ->
                new SealStatus(
                    false,
                    null,
                    active.map(StoredKeyring::vaultId).orElse(null),
                    active.map(StoredKeyring::generation).orElse(null),
                    MasterRekey.activated(stored),
                    sources,
                    keyring.primaryId(),
                    keyring.dataKeyIds().size(),
                    encryptions,
                    limits.rekeyAfter()));
  }

  /**
   * @param fault what stopped the last rekey of the data; null if nothing did
   */
  Future<RekeyProgress> progress(Custody custody, boolean busy, String fault) {
    var keyring = custody.inForce();
    return tools
        .keyrings()
        .generations()
        .compose(
            stored ->
                tools
                    .dataKeys()
                    .references(keyring.primaryId())
                    .map(
                        references ->
                            keyring.dataKeyIds().size() > 1
                                    && !MasterRekey.activated(stored)
                                    && !MasterRekey.written(stored)
                                ? ofData(references, busy, fault)
                                : ofMaster(stored, references, busy, fault)));
  }

  private static RekeyProgress ofData(References references, boolean busy, String fault) {
    if (busy) {
      return progress("data", "running", references, null);
    }
    return fault == null
        ? progress("data", "begun", references, "run `akm rekey data` again to go on")
        : progress("data", "blocked", references, fault);
  }

  private static RekeyProgress ofMaster(
      List<StoredKeyring> stored, References references, boolean busy, String fault) {
    if (MasterRekey.activated(stored)) {
      return progress(
          "master",
          "confirm-due",
          references,
          "either master key opens the vault: keep a copy of the new one, see that the server is"
              + " given it, then run `akm rekey confirm`");
    }
    if (MasterRekey.written(stored)) {
      return progress("master", "begun", references, "run `akm rekey master` again to go on");
    }
    return busy
        ? progress("data", "running", references, null)
        : progress("none", fault == null ? "none" : "blocked", references, fault);
  }

  private static RekeyProgress progress(
      String kind, String state, References references, String detail) {
    return new RekeyProgress(kind, state, references.done(), references.total(), detail);
  }
}
