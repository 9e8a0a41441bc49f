package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.AuditCalls.AuditCheck;
import io.commandcenter.akm.contract.AuditCalls.AuditFinding;
import io.commandcenter.akm.contract.AuditCalls.AuditNode;
import io.commandcenter.akm.core.audit.AuditReport;
import io.commandcenter.akm.core.audit.Finding;

/** What a check of the audit log came to, as the contract shows it. */
public final class AuditReports {
  private AuditReports() {}

  public static AuditCheck shown(AuditReport report) {
    return new AuditCheck(
        report.intact(),
        report.rows(),
        report.older(),
        report.checkpoints(),
        report.publicKey(),
        report.nodes().stream()
            .map(node -> new AuditNode(node.node(), node.rows(), node.n(), node.signed()))
            .toList(),
        report.findings().stream().map(AuditReports::shown).toList());
  }

  private static AuditFinding shown(Finding finding) {
    return new AuditFinding(
        finding.kind().slug(),
        finding.node(),
        finding.seq(),
        finding.n(),
        finding.line(),
        finding.count(),
        finding.kind().meaning());
  }
}
