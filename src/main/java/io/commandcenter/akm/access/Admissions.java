package io.commandcenter.akm.access;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Notes in the audit log that a token came in: the first time, and then once in ten minutes. The
 * row is durable before the token's owner is let in; if it cannot be written, nobody is.
 */
final class Admissions {
  private static final Duration ONCE_IN = Duration.ofMinutes(10);
  private static final int MAX_KEPT = 10_000;

  private record Noted(Instant until, Future<Void> row) {
    boolean covers(Instant now) {
      return now.isBefore(until) && !row.failed();
    }
  }

  private final AuditStore audit;
  private final Clock clock;
  private final Map<String, Noted> noted = new HashMap<>();

  Admissions(AuditStore audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** The principal, once its row stands; requests that come meanwhile wait for the same row. */
  Future<Principal> note(Principal principal) {
    return row(principal).map(principal);
  }

  private synchronized Future<Void> row(Principal principal) {
    var now = clock.instant();
    var held = noted.get(principal.id());
    if (held != null && held.covers(now)) {
      return held.row();
    }
    if (noted.size() >= MAX_KEPT) {
      noted.values().removeIf(old -> !old.covers(now));
    }
    var detail =
        AuditDetail.NONE
            .with(Field.NAME, principal.name())
            .with(Field.SCOPE, principal.scope().slug());
    var row =
        audit.append(AuditEntry.ok(now, principal.id(), Action.AUTH_OK, principal.id(), detail));
    noted.put(principal.id(), new Noted(now.plus(ONCE_IN), row));
    return row;
  }
}
