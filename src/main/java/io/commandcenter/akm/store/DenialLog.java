package io.commandcenter.akm.store;

import io.commandcenter.akm.store.AuditDetail.Field;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Denials in the audit log, at most so many a minute: whoever is refused must not be able to fill
 * the disk. What was left out is counted into the first row of the next minute.
 */
public final class DenialLog {
  private static final Logger log = LoggerFactory.getLogger(DenialLog.class);
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final AuditStore audit;
  private final Clock clock;
  private final int perMinute;
  private Instant windowEnds = Instant.MIN;
  private int written;
  private long suppressed;

  public DenialLog(AuditStore audit, Clock clock, int perMinute) {
    this.audit = audit;
    this.clock = clock;
    this.perMinute = perMinute;
  }

  /** Does not wait: the denial itself stands whether or not its row can be written. */
  public synchronized void denied(
      String principal, AuditEntry.Action action, String subject, AuditDetail detail) {
    var now = clock.instant();
    if (!now.isBefore(windowEnds)) {
      windowEnds = now.plus(WINDOW);
      written = 0;
    }
    if (written >= perMinute) {
      suppressed++;
      return;
    }
    written++;
    var counted = detail.with(Field.SUPPRESSED, suppressed == 0 ? null : suppressed);
    suppressed = 0;
    audit
        .append(AuditEntry.denied(now, principal, action, subject, counted))
        .onFailure(e -> log.error("a denial could not be written to the audit log", e));
  }
}
