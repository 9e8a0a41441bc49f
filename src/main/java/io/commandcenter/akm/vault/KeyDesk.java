package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Checks;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.KeyCalls.CoolKey;
import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.contract.LeaseCalls.ReportRejection;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.FindKey;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.KeyList;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** Answers for keys that are there, sealed or of the environment alike. */
final class KeyDesk {
  private static final Set<String> REJECTIONS = Set.of("key-invalid", "no-credit");

  private final KeyStore keys;
  private final KeyLife life;
  private final EnvironmentKeys environment;
  private final Lending lending;
  private final Leases leases;
  private final RunningRotations running;
  private final RotationDesk rotations;
  private final Decoys decoys;
  private final Clock clock;

  KeyDesk(VaultTools tools, RotationDesk rotations, Decoys decoys) {
    this.rotations = rotations;
    this.decoys = decoys;
    running = tools.running();
    keys = tools.keys();
    life = tools.life();
    environment = tools.environmentKeys();
    lending = tools.lending();
    leases = tools.leases();
    clock = tools.clock();
  }

  Future<KeyList> list(ListKeys ask) {
    var now = clock.instant();
    return keys.list()
        .map(
            stored ->
                new KeyList(
                    Stream.concat(environment.list().stream(), stored.stream())
                        .filter(key -> ask.provider() == null || isOf(ask, key))
                        .sorted(Comparator.comparing(KeyRow::createdAt))
                        .map(key -> running.named(KeyViews.info(key, now)))
                        .toList()));
  }

  private static boolean isOf(ListKeys ask, KeyRow key) {
    return key.provider().equals(ask.provider());
  }

  Future<KeyInfo> find(FindKey ask) {
    var found =
        EnvironmentKeys.holds(ask.keyId()) ? environment.find(ask.keyId()) : life.find(ask.keyId());
    return found.map(key -> running.named(KeyViews.info(key, clock.instant())));
  }

  Future<KeyInfo> disable(ChangeKey ask) {
    Plain.noKeyIn(ask.by());
    return EnvironmentKeys.holds(ask.keyId())
        ? environment.change(ask.keyId(), ask.by(), KeyState.DISABLED)
        : life.disable(ask).map(running::named);
  }

  Future<KeyInfo> enable(ChangeKey ask) {
    Plain.noKeyIn(ask.by());
    return EnvironmentKeys.holds(ask.keyId())
        ? environment.change(ask.keyId(), ask.by(), KeyState.ACTIVE)
        : life.enable(ask).map(running::named);
  }

  Future<KeyInfo> delete(ChangeKey ask) {
    Plain.noKeyIn(ask.by());
    return EnvironmentKeys.holds(ask.keyId())
        ? Future.failedFuture(EnvironmentKeys.livesElsewhere())
        : life.delete(ask).compose(key -> rotations.rounds().keyGone(key.keyId()).map(key));
  }

  Future<KeyInfo> cool(CoolKey ask) {
    Plain.noKeyIn(ask.reason(), ask.by());
    return EnvironmentKeys.holds(ask.keyId()) ? environment.cool(ask) : life.cool(ask);
  }

  Future<KeyInfo> reject(ReportRejection report) {
    Plain.noKeyIn(Checks.text(report.by(), "by", 128));
    if (!REJECTIONS.contains(report.reason())) {
      throw Failure.badRequest("`reason` must be key-invalid or no-credit");
    }
    return EnvironmentKeys.holds(report.keyId())
        ? environment.reject(report)
        : rotations
            .refused(report)
            .compose(handled -> handled ? find(new FindKey(report.keyId())) : life.reject(report));
  }

  /** The version is chosen here: the current one, or by its share the one on trial. */
  Future<Lease> lease(TakeLease ask) {
    Checks.text(ask.by(), "by", 128);
    Checks.text(ask.requestId(), "request_id", 128);
    decoys.refuseLease(ask);
    if (EnvironmentKeys.holds(ask.keyId())) {
      return other(ask, leases.take(ask, this::released));
    }
    if (!running.lendsOther(ask.keyId(), ask.exceptVersion())) {
      return other(ask, leases.take(ask, this::released));
    }
    // A version on trial that cannot be lent is no reason to fail a request.
    return leases
        .takeOther(ask, this::releasedOther)
        .recover(cause -> other(ask, leases.take(ask, this::released)));
  }

  /** What goes into the audit log must hold no key; a lease that is out already writes nothing. */
  private Future<Lease> released(TakeLease ask) {
    Plain.noKeyIn(ask.by(), ask.requestId());
    return EnvironmentKeys.holds(ask.keyId()) ? environment.release(ask) : lending.release(ask);
  }

  private Future<Lease> releasedOther(TakeLease ask) {
    Plain.noKeyIn(ask.by(), ask.requestId());
    return lending.releaseOther(ask);
  }

  /** Never the version that was just refused. */
  private Future<Lease> other(TakeLease ask, Future<Lease> lease) {
    return ask.exceptVersion() == null
        ? lease
        : lease.compose(
            lent ->
                lent.version() == ask.exceptVersion() ? anew(ask) : Future.succeededFuture(lent));
  }

  /** A rollback may be on the disk before its leases are dropped here: the disk is asked. */
  private Future<Lease> anew(TakeLease ask) {
    leases.drop(ask.keyId());
    return leases
        .take(ask, this::released)
        .compose(
            lent ->
                lent.version() == ask.exceptVersion()
                    ? Future.failedFuture(
                        new Failure(
                            Code.CONFLICT,
                            "the key has no other version that could be lent; use another key"))
                    : Future.succeededFuture(lent));
  }
}
