package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.core.keys.Rotation;
import io.commandcenter.akm.core.keys.RotationEvent;
import io.commandcenter.akm.core.keys.RotationState;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.store.KeyVersion;
import io.commandcenter.akm.store.RotationRow;
import io.commandcenter.akm.store.RotationStore;
import io.commandcenter.akm.vault.RunningRotations.Live;
import io.vertx.core.Future;
import java.time.Clock;

/**
 * Carries out what the rules make of an event: one transaction with its audit rows, then the leases
 * end and the others hear of it. Steps of one rotation never overlap, so that however many requests
 * report the same refusal, one of them rolls back.
 */
final class RotationSteps {
  // A key that changes between the look and the step is looked at again, but not for ever.
  private static final int TRIES = 3;

  private final RotationStore store;
  private final KeyStore keys;
  private final RunningRotations running;
  private final KeyChanges changes;
  private final Notices notices;
  private final Clock clock;

  RotationSteps(VaultTools tools) {
    store = tools.rotations();
    keys = tools.keys();
    running = tools.running();
    changes = tools.changes();
    notices = tools.notices();
    clock = tools.clock();
  }

  /** The rotation after the event; the same if it meant nothing to it. */
  Future<RotationRow> step(Live live, RotationEvent event, String by) {
    return live.after(() -> carryOut(live, event, by, TRIES));
  }

  private Future<RotationRow> carryOut(Live live, RotationEvent event, String by, int triesLeft) {
    var before = live.row();
    var now = clock.instant();
    var next = before.rotation().on(event, now);
    if (next.equals(before.rotation())) {
      return Future.succeededFuture(before);
    }
    if (event instanceof RotationEvent.Answered && next.state() == before.state()) {
      // Counted in memory only: after a restart the trial counts anew.
      live.row(before.at(next, before.changedAt()));
      return Future.succeededFuture(live.row());
    }
    var after = before.at(next, now);
    return keys.find(before.keyId())
        .map(found -> found.orElseThrow(KeyViews::unknown))
        .compose(key -> store(key, before, after, by))
        .compose(
            done -> {
              if (done) {
                return committed(live, before, after);
              }
              return triesLeft > 1
                  ? reread(live).compose(row -> carryOut(live, event, by, triesLeft - 1))
                  : Future.failedFuture(KeyViews.changedMeanwhile());
            });
  }

  private Future<Boolean> store(KeyRow key, RotationRow before, RotationRow after, String by) {
    var entry = entry(Action.ROTATION_CHANGE, key, after, by);
    if (before.state() == after.state()) {
      return store.move(before, after, entry);
    }
    return switch (after.state()) {
      case DRAINING -> shift(key, before, after, by, entry);
      case DONE -> store.finish(before, after, erased(after, after.rotation().from(), by), entry);
      case ROLLED_BACK, CANCELLED -> back(key, before, after, by, entry);
      default -> store.move(before, after, entry);
    };
  }

  private Future<Boolean> shift(
      KeyRow key, RotationRow before, RotationRow after, String by, AuditEntry entry) {
    if (key.state() == KeyState.REVOKED) {
      return Future.failedFuture(new Failure(Code.CONFLICT, "the key was deleted"));
    }
    return keys.version(key.id(), key.version())
        .map(version -> version.map(KeyVersion::state).orElseThrow(KeyViews::changedMeanwhile))
        .compose(
            version ->
                store.shift(
                    before,
                    after,
                    key,
                    Rotation.keyAfterShift(key.state().at(entry.at(), key.expiresAt()), version),
                    entry(Action.KEY_ROTATE, key, after, by),
                    entry));
  }

  private Future<Boolean> back(
      KeyRow key, RotationRow before, RotationRow after, String by, AuditEntry entry) {
    var to = after.rotation().to();
    if (to == null) {
      return store.drop(before, after, entry);
    }
    // A deleted key has nothing to go back to.
    return before.state() == RotationState.DRAINING && key.state() != KeyState.REVOKED
        ? store.undo(before, after, key, erased(after, to, by), entry)
        : store.drop(before, after, erased(after, to, by), entry);
  }

  private Future<RotationRow> reread(Live live) {
    return store
        .find(live.row().id())
        .map(
            found -> {
              live.row(found.orElseThrow());
              return live.row();
            });
  }

  private Future<RotationRow> committed(Live live, RotationRow before, RotationRow after) {
    live.row(after);
    if (!after.state().running()) {
      running.ended(live);
    }
    if (before.state() == after.state() || after.state() == RotationState.CANARY) {
      return Future.succeededFuture(after);
    }
    return keys.find(after.keyId())
        .map(
            found -> {
              found.ifPresent(key -> tell(key, after));
              return after;
            });
  }

  private void tell(KeyRow key, RotationRow after) {
    var now = after.changedAt();
    switch (after.state()) {
      case DRAINING -> changes.committed(key, "rotated", null, now);
      case DONE -> changes.drained(key, now);
      case ROLLED_BACK -> {
        changes.committed(key, "rolled-back", null, now);
        var once = after.id() + "/rolled-back";
        notices.raise("rotation-rolled-back", after.id(), once, detail(key, after));
      }
      case CANCELLED -> changes.committed(key, "rolled-back", null, now);
      default -> {}
    }
  }

  /** One more row of a rotation. */
  static AuditEntry entry(Action action, KeyRow key, RotationRow row, String by) {
    return AuditEntry.ok(row.changedAt(), by, action, key.id(), detail(key, row));
  }

  private static AuditDetail detail(KeyRow key, RotationRow row) {
    var rotation = row.rotation();
    var face = row.after();
    return AuditDetail.NONE
        .with(Field.PROVIDER, key.provider())
        .with(Field.LABEL, key.label())
        .with(Field.VERSION, rotation.to())
        .with(Field.FINGERPRINT, face == null ? null : face.fingerprint())
        .with(Field.ENV_VAR, face == null ? null : face.envVar())
        .with(Field.ROTATION, row.id())
        .with(Field.STATE, row.state().slug())
        .with(Field.REASON, rotation.reason() == null ? rotation.verdict() : rotation.reason());
  }

  private static AuditEntry erased(RotationRow row, int version, String by) {
    var detail = AuditDetail.NONE.with(Field.VERSION, version).with(Field.ROTATION, row.id());
    return AuditEntry.ok(row.changedAt(), by, Action.KEY_ERASE, row.keyId(), detail);
  }
}
