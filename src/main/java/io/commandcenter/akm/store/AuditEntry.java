package io.commandcenter.akm.store;

import java.time.Instant;

/**
 * One row of the audit log before it has its number.
 *
 * @param subject the key's, token's or entry's id
 */
public record AuditEntry(
    Instant at,
    String principal,
    Action action,
    String subject,
    Outcome outcome,
    AuditDetail detail) {

  private static final int MAX_PRINCIPAL = 128;

  /** Everything that is logged; the text is what AuditRow shows. */
  public enum Action {
    VAULT_CREATE("vault.create"),
    VAULT_REKEY("vault.rekey"),
    VAULT_SELF_TEST("vault.self-test"),
    VAULT_BACKUP("vault.backup"),
    VAULT_RESTORE("vault.restore"),
    KEY_UPDATE("key.update"),
    KEY_FREEZE("key.freeze"),
    KEY_THAW("key.thaw"),
    KEY_SHARE("key.share"),
    KEY_UNWRAP("key.unwrap"),
    DECOY_USE("decoy.use"),
    KEY_COOL("key.cool"),
    NOTICE_TEST("notice.test"),
    ROTATION_BEGIN("rotation.begin"),
    ROTATION_CHANGE("rotation.change"),
    KEY_ADD("key.add"),
    KEY_LEASE("key.lease"),
    KEY_ROTATE("key.rotate"),
    KEY_DISABLE("key.disable"),
    KEY_ENABLE("key.enable"),
    KEY_DELETE("key.delete"),
    KEY_EXPIRE("key.expire"),
    KEY_ERASE("key.erase"),
    KEY_VALIDATE("key.validate"),
    KEY_REJECT("key.reject"),
    ENTRY_BEGIN("entry.begin"),
    ENTRY_UNLOCK("entry.unlock"),
    ENTRY_CHECK("entry.check"),
    ENTRY_CLOSE("entry.close"),
    TOKEN_MINT("token.mint"),
    TOKEN_REVOKE("token.revoke"),
    TOKEN_ROTATE("token.rotate"),
    BUDGET_SET("budget.set"),
    BUDGET_UNSET("budget.unset"),
    AUTH_OK("auth.ok"),
    AUDIT_START("audit.start"),
    AUDIT_VERIFY("audit.verify"),
    AUDIT_EXPORT("audit.export"),
    AUTH_DENIED("auth.denied");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** How it ended. */
  public enum Outcome {
    OK("ok"),
    DENIED("denied");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public AuditEntry {
    principal = printable(principal);
  }

  public static AuditEntry ok(
      Instant at, String principal, Action action, String subject, AuditDetail detail) {
    return new AuditEntry(at, principal, action, subject, Outcome.OK, detail);
  }

  public static AuditEntry denied(
      Instant at, String principal, Action action, String subject, AuditDetail detail) {
    return new AuditEntry(at, principal, action, subject, Outcome.DENIED, detail);
  }

  // A caller names itself: keep control characters out of the rows people read.
  private static String printable(String text) {
    var bounded = text.length() > MAX_PRINCIPAL ? text.substring(0, MAX_PRINCIPAL) : text;
    return bounded.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
