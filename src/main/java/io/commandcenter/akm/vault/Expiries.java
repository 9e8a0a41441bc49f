package io.commandcenter.akm.vault;

import io.commandcenter.akm.core.keys.Expiry;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.KeyLifeStore;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.NoticeStore.NoticeRow;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Warns of keys that are about to expire, each warning once for a version and its date; the notice
 * table remembers it across restarts.
 */
final class Expiries {
  private final KeyLifeStore keys;
  private final Notices notices;
  // Spares the writer what it was told in this run already.
  private final Set<String> told = new HashSet<>();

  Expiries(KeyLifeStore keys, Notices notices) {
    this.keys = keys;
    this.notices = notices;
  }

  /** Raises the warnings that are due, and gives the time of the next one. */
  Future<Optional<Instant>> warn(Instant now) {
    return keys.withExpiry().compose(all -> warn(all, now).map(told -> next(all, now)));
  }

  private Future<Void> warn(List<KeyRow> all, Instant now) {
    Future<Void> warned = Future.succeededFuture();
    for (var key : all) {
      var days = Expiry.warning(now, key.expiresAt());
      if (days.isPresent()) {
        warned = warned.compose(before -> warn(key, days.get()));
      }
    }
    return warned;
  }

  private Future<Void> warn(KeyRow key, int days) {
    var once = once(key) + "/" + days;
    return told.contains(once)
        ? Future.succeededFuture()
        : notices
            .raise("key-expiring", key.id(), once, detail(key).with(Field.DAYS, days))
            .onSuccess(kept -> told.add(once))
            .mapEmpty();
  }

  private static Optional<Instant> next(List<KeyRow> all, Instant now) {
    return all.stream()
        .flatMap(key -> Expiry.next(now, key.expiresAt()).stream())
        .min(Instant::compareTo);
  }

  /** For the unit that writes down that the date has passed. */
  NoticeRow expired(KeyRow key) {
    return notices.prepare("key-expired", key.id(), once(key) + "/expired", detail(key));
  }

  void told(NoticeRow notice) {
    notices.told(notice);
  }

  /** A date that was moved is another thing to tell. */
  private static String once(KeyRow key) {
    return key.id() + "/" + key.version() + "/" + key.expiresAt().toEpochMilli();
  }

  private static AuditDetail detail(KeyRow key) {
    return AuditDetail.NONE
        .with(Field.PROVIDER, key.provider())
        .with(Field.LABEL, key.label())
        .with(Field.VERSION, key.version())
        .with(Field.UNTIL, key.expiresAt());
  }
}
