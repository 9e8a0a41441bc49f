package io.commandcenter.akm.vault;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.store.KeyRow;
import java.time.Instant;

/** What follows a committed change of a key: its lease ends, the others hear of it. */
final class KeyChanges {
  private final Bus bus;
  private final Leases leases;
  private final Sweep sweep;

  KeyChanges(Bus bus, Leases leases, Sweep sweep) {
    this.bus = bus;
    this.leases = leases;
    this.sweep = sweep;
  }

  /**
   * @param change as in {@link Facts.KeyChanged}
   * @param entryId null if no one-time page was involved
   */
  void committed(KeyRow key, String change, String entryId, Instant now) {
    leases.drop(key.id());
    sweep.lookAgain();
    publish(key, change, entryId, now);
  }

  /**
   * A rotation began; the leases go on.
   *
   * @param entryId null if no one-time page was involved
   */
  void rotating(KeyRow key, String entryId, Instant now) {
    publish(key, "rotating", entryId, now);
  }

  /** An old version is erased; the current one's lease goes on. */
  void drained(KeyRow key, Instant now) {
    publish(key, "drained", null, now);
  }

  void validated(KeyRow key, Instant now) {
    publish(key, "validated", null, now);
  }

  private void publish(KeyRow key, String change, String entryId, Instant now) {
    bus.publish(
        Facts.KEY_CHANGED,
        new Facts.KeyChanged(
            key.id(),
            key.provider(),
            key.label(),
            key.state().at(now, key.expiresAt()).slug(),
            key.version(),
            change,
            entryId));
  }
}
