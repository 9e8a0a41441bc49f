package io.commandcenter.akm.contract;

import java.time.Instant;
import java.util.List;

/** Reading the audit log, which the vault keeps. */
public final class AuditCalls {
  public static final Call<ListAudit, AuditPage> LIST =
      Call.cluster(
          "akm.vault.audit.v1",
          ListAudit.class,
          AuditPage.class,
          "The audit log, newest first.",
          Code.SEALED);

  public static final List<Call<?, ?>> ALL = List.of(LIST);

  private AuditCalls() {}

  /**
   * @param limit 1 to 500, 50 if null
   * @param before only rows with a smaller seq, for the next page
   */
  public record ListAudit(Integer limit, Long before) {
    public ListAudit {
      limit = (int) Checks.range(limit == null ? 50 : limit, "limit", 1, 500);
    }
  }

  /**
   * @param next pass it as {@code before} for the next page; null at the end
   */
  public record AuditPage(List<AuditRow> rows, Long next) {
    public AuditPage {
      rows = List.copyOf(rows);
    }
  }

  /**
   * @param action for example key.add, key.lease, key.rotate, token.mint, auth.denied
   * @param subject the key's, token's or entry's id
   * @param outcome ok or denied
   * @param detail an allow-listed text: labels, providers, fingerprints; never raw input
   */
  public record AuditRow(
      long seq,
      Instant at,
      String principal,
      String action,
      String subject,
      String outcome,
      String detail) {}
}
