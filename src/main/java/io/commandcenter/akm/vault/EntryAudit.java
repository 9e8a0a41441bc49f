package io.commandcenter.akm.vault;

import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.DenialLog;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the audit log says of one-time pages. */
final class EntryAudit {
  private static final Logger log = LoggerFactory.getLogger(EntryAudit.class);
  // The page needs no token, so nobody is known who was refused on it.
  private static final String NOBODY = "-";
  private static final int DENIALS_PER_MINUTE = 60;

  private final DenialLog denials;
  private final Clock clock;

  EntryAudit(VaultTools tools) {
    clock = tools.clock();
    denials = new DenialLog(tools.audit(), clock, DENIALS_PER_MINUTE);
  }

  /**
   * @param reason null for none
   */
  AuditEntry ok(EntryPage page, Action action, String reason) {
    var detail = detail(page).with(Field.REASON, reason);
    return AuditEntry.ok(clock.instant(), page.ask().by(), action, page.id(), detail);
  }

  /** A key on its way to its provider, to be asked about. */
  AuditEntry asked(EntryPage page, String fingerprint) {
    var detail = detail(page).with(Field.FINGERPRINT, fingerprint);
    return AuditEntry.ok(clock.instant(), page.ask().by(), Action.ENTRY_CHECK, page.id(), detail);
  }

  /** A key that its provider does not take. */
  AuditEntry refused(EntryPage page, String fingerprint, String outcome) {
    var detail = detail(page).with(Field.FINGERPRINT, fingerprint).with(Field.REASON, outcome);
    return AuditEntry.denied(
        clock.instant(), page.ask().by(), Action.ENTRY_CHECK, page.id(), detail);
  }

  AuditEntry closed(EntryPage page) {
    var now = clock.instant();
    var detail = detail(page).with(Field.REASON, page.status(now).reason());
    return AuditEntry.denied(now, NOBODY, Action.ENTRY_CLOSE, page.id(), detail);
  }

  void denied(EntryPage page, Action action, String reason) {
    denials.denied(NOBODY, action, page.id(), detail(page).with(Field.REASON, reason));
  }

  void unwritten(Throwable cause) {
    log.error("the end of a one-time page could not be written to the audit log", cause);
  }

  private static AuditDetail detail(EntryPage page) {
    return AuditDetail.NONE
        .with(Field.PROVIDER, page.ask().provider())
        .with(Field.LABEL, page.ask().label());
  }
}
