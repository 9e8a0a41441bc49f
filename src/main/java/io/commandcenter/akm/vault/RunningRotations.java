package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Facts.AttemptEnded;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.keys.CanaryShare;
import io.commandcenter.akm.core.keys.Rotation;
import io.commandcenter.akm.core.keys.RotationState;
import io.commandcenter.akm.store.RotationRow;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The rotations that run, in memory, so that a lease costs no look into the store. */
final class RunningRotations {
  private final Map<String, Live> byKey = new ConcurrentHashMap<>();

  /** One of them, as it was last committed; its steps are taken one after the other. */
  static final class Live {
    private final AtomicLong leases = new AtomicLong();
    private volatile RotationRow row;
    private Future<RotationRow> last;

    private Live(RotationRow row) {
      this.row = row;
      last = Future.succeededFuture(row);
    }

    RotationRow row() {
      return row;
    }

    void row(RotationRow changed) {
      row = changed;
    }

    /** After the steps that were asked for before, however they end. */
    synchronized Future<RotationRow> after(Supplier<Future<RotationRow>> step) {
      last = last.transform(before -> step.get());
      return last;
    }

    private boolean triesNow() {
      var rotation = row.rotation();
      return rotation.state() == RotationState.CANARY
          && CanaryShare.tries(leases.getAndIncrement(), rotation.terms().canaryPercent());
    }
  }

  Live add(RotationRow row) {
    var live = new Live(row);
    byKey.put(row.keyId(), live);
    return live;
  }

  /** Only if it is still this one: the key may have begun another. */
  void ended(Live live) {
    byKey.remove(live.row().keyId(), live);
  }

  Optional<Live> of(String keyId) {
    return Optional.ofNullable(byKey.get(keyId));
  }

  Collection<Live> all() {
    return List.copyOf(byKey.values());
  }

  KeyInfo named(KeyInfo key) {
    var live = byKey.get(key.keyId());
    return live == null ? key : key.rotating(live.row().id());
  }

  /**
   * Whether this request gets the version that is not current: by its share of the trial, or
   * because the current one has just been refused.
   *
   * @param except a version not to lend, or null
   */
  boolean lendsOther(String keyId, Integer except) {
    var live = byKey.get(keyId);
    if (live == null) {
      return false;
    }
    return except == null
        ? live.triesNow()
        : otherVersion(keyId).isPresent() && except == live.row().rotation().current();
  }

  /** The version beside the current one, if it may be lent. */
  Optional<Integer> otherVersion(String keyId) {
    return of(keyId).map(live -> live.row().rotation()).flatMap(RunningRotations::other);
  }

  private static Optional<Integer> other(Rotation rotation) {
    return switch (rotation.state()) {
      case CANARY -> Optional.of(rotation.to());
      case DRAINING -> rotation.spare() ? Optional.of(rotation.from()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Whether a refusal of this version says nothing about its key. */
  boolean onTrial(String keyId, int version) {
    var live = byKey.get(keyId);
    return live != null && live.row().rotation().onTrial(version);
  }

  /** The rotation whose trial this attempt was, if it succeeded. */
  Optional<Live> tried(AttemptEnded attempt) {
    return attempt.keyId() != null && attempt.outcome().equals("ok")
        ? of(attempt.keyId())
            .filter(live -> live.row().state() == RotationState.CANARY)
            .filter(live -> live.row().rotation().to() == attempt.keyVersion())
        : Optional.empty();
  }
}
