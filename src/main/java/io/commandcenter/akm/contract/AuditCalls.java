package io.commandcenter.akm.contract;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** Reading and checking the audit log, which the vault keeps. */
public final class AuditCalls {
  public static final Call<ListAudit, AuditPage> LIST =
      Call.cluster(
          "akm.vault.audit.v1",
          ListAudit.class,
          AuditPage.class,
          "The audit log, newest first.",
          Code.SEALED);
  public static final Call<ExportAudit, AuditExport> EXPORT =
      Call.cluster(
          "akm.vault.export-audit.v1",
          ExportAudit.class,
          AuditExport.class,
          "Notes that somebody takes the audit log away, and says up to which row to page.",
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<VerifyAudit, AuditCheck> VERIFY =
      Call.cluster(
          "akm.vault.verify-audit.v1",
          VerifyAudit.class,
          AuditCheck.class,
          "Checks the audit log against its chain and its checkpoints, and finds tampering.",
          Code.SEALED,
          Code.CONFLICT,
          Code.KEY_IN_ARGUMENT);

  public static final List<Call<?, ?>> ALL = List.of(LIST, EXPORT, VERIFY);

  private static final Pattern ACTION = Pattern.compile("[a-z]{1,24}\\.([a-z]{1,24})?");

  private AuditCalls() {}

  /**
   * @param limit 1 to 500, 50 if null
   * @param before only rows with a smaller seq, newest first; for the next page
   * @param after only rows with a greater seq, oldest first; not together with {@code before}
   * @param subject only rows about this key, token or entry
   * @param principal only what this one did
   * @param action only this one, for example key.add; {@code key.} for all that begin so
   * @param outcome ok or denied
   * @param since only rows from then on
   * @param until only rows before
   */
  public record ListAudit(
      Integer limit,
      Long before,
      Long after,
      String subject,
      String principal,
      String action,
      String outcome,
      Instant since,
      Instant until) {
    public ListAudit {
      limit = (int) Checks.range(limit == null ? 50 : limit, "limit", 1, 500);
      Checks.optionalText(subject, "subject", 128);
      Checks.optionalText(principal, "principal", 128);
      if (before != null && after != null) {
        throw Failure.badRequest("give `before` or `after`, not both");
      }
      if (action != null && !ACTION.matcher(action).matches()) {
        throw Failure.badRequest("`action` must be like key.add, or key. for all that begin so");
      }
      if (outcome != null && !outcome.equals("ok") && !outcome.equals("denied")) {
        throw Failure.badRequest("`outcome` must be ok or denied");
      }
    }

    /** Everything, page by page. */
    public ListAudit(Integer limit, Long before) {
      this(limit, before, null, null, null, null, null, null, null);
    }
  }

  /**
   * @param next pass it as {@code before}, or as {@code after}, for the next page; null at the end
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

  /**
   * @param format jsonl or csv, as it will be written
   * @param since null for the beginning
   * @param until null for now
   */
  public record ExportAudit(String format, Instant since, Instant until, String by) {
    public ExportAudit {
      if (!"jsonl".equals(format) && !"csv".equals(format)) {
        throw Failure.badRequest("`format` must be jsonl or csv");
      }
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param last the newest row that belongs to the export; page with {@code after} up to it
   */
  public record AuditExport(long last) {}

  /**
   * @param since checks from the first row of then on; null for the whole log
   */
  public record VerifyAudit(Instant since, String by) {
    public VerifyAudit {
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param rows how many were checked
   * @param older how many of them are older than the chain
   * @param checkpoints how many genuine ones were read
   * @param publicKey the Ed25519 key that verifies the checkpoints, in hex
   * @param findings empty if the log is intact
   */
  public record AuditCheck(
      boolean intact,
      long rows,
      long older,
      long checkpoints,
      String publicKey,
      List<AuditNode> nodes,
      List<AuditFinding> findings) {
    public AuditCheck {
      nodes = List.copyOf(nodes);
      findings = List.copyOf(findings);
    }
  }

  /**
   * @param rows how many of its rows were checked
   * @param n the place of its newest row in its chain
   * @param signed the newest place that a checkpoint vouches for
   */
  public record AuditNode(String node, long rows, long n, long signed) {}

  /**
   * @param kind edited, deleted, inserted, reordered, truncated, restamped, checkpoint-edited or
   *     checkpoint-cut
   * @param seq of the first bad row, or of the one at which the first missing row was missed
   * @param n the place of the first bad or missing row in its node's chain
   * @param line of the checkpoint file
   * @param count how many rows or checkpoints in all
   * @param detail one sentence
   */
  public record AuditFinding(
      String kind, String node, Long seq, Long n, Long line, long count, String detail) {}
}
