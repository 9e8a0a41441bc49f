package io.commandcenter.akm.vault;

import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.core.keys.RotationEvent;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.store.RotationRow;
import io.commandcenter.akm.store.RotationStore;
import io.commandcenter.akm.vault.RunningRotations.Live;
import io.vertx.core.Future;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What time brings to rotations, and a start after an end of the process, however it came. */
final class RotationRounds {
  private static final Logger log = LoggerFactory.getLogger(RotationRounds.class);

  private final RotationStore store;
  private final KeyStore keys;
  private final RunningRotations running;
  private final RotationSteps steps;
  private final RotationCheck check;
  private final Minting minting;
  private final RotationSchedule schedule;
  private final Clock clock;

  RotationRounds(VaultTools tools, RotationSteps steps, RotationCheck check, Minting minting) {
    store = tools.rotations();
    keys = tools.keys();
    running = tools.running();
    this.steps = steps;
    this.check = check;
    this.minting = minting;
    schedule = new RotationSchedule(tools, minting);
    clock = tools.clock();
  }

  /** Called every minute: versions that are too old, and keys to revoke at their provider. */
  Future<Void> lookAhead() {
    return schedule.look();
  }

  /** A deleted key rotates no longer. */
  Future<Void> keyGone(String keyId) {
    return running
        .of(keyId)
        .map(live -> quietly(steps.step(live, new RotationEvent.Cancelled("key-deleted"), "akm")))
        .orElseGet(Future::succeededFuture);
  }

  /** Called every second: what is due by time alone. */
  Future<Void> tick() {
    var now = clock.instant();
    return Future.join(
            running.all().stream()
                .filter(live -> live.row().rotation().dueAt() != null)
                .filter(live -> !now.isBefore(live.row().rotation().dueAt()))
                .map(live -> quietly(steps.step(live, new RotationEvent.Passed(), "akm")))
                .toList())
        .mapEmpty();
  }

  /** After a start: every running rotation goes on where it was. */
  Future<Void> resume() {
    return store
        .running()
        .compose(
            rows -> {
              rows.forEach(running::add);
              return keys.list();
            })
        .compose(
            all ->
                Future.join(
                    all.stream()
                        .filter(key -> key.state() == KeyState.REVOKED)
                        .map(key -> keyGone(key.id()))
                        .toList()))
        .compose(done -> tick())
        .onSuccess(done -> running.all().forEach(this::goOn));
  }

  private void goOn(Live live) {
    switch (live.row().state()) {
      case VALIDATING -> quietly(check.check(live, "akm"));
      case WAITING -> quietly(waitOn(live));
      default -> {}
    }
  }

  private Future<RotationRow> waitOn(Live live) {
    var row = live.row();
    return keys.find(row.keyId())
        .map(found -> found.orElseThrow(KeyViews::unknown))
        .compose(
            key ->
                row.entryId() == null && minting.makes(key.provider())
                    ? minting.goOn(key, row)
                    // Pages live in memory: the one this waited for is gone.
                    : steps.step(live, new RotationEvent.Cancelled("nothing-came"), "akm"));
  }

  /** Never fails: what could not be done now is done later. */
  static Future<Void> quietly(Future<?> work) {
    return work.<Void>mapEmpty()
        .recover(
            cause -> {
              log.warn("a step of a rotation could not be taken; it is tried again", cause);
              return Future.succeededFuture();
            });
  }
}
