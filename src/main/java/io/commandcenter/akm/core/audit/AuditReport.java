package io.commandcenter.akm.core.audit;

import java.util.List;

/**
 * What a check of the log came to.
 *
 * @param rows how many rows were checked
 * @param older how many of them are older than the chain
 * @param checkpoints how many genuine ones were read
 * @param publicKey that verifies the checkpoints, in hex
 */
public record AuditReport(
    long rows,
    long older,
    long checkpoints,
    String publicKey,
    List<NodeReport> nodes,
    List<Finding> findings) {

  public AuditReport {
    nodes = List.copyOf(nodes);
    findings = List.copyOf(findings);
  }

  /**
   * One node's chain.
   *
   * @param n the place of its newest row
   * @param signed the newest place that a checkpoint vouches for
   */
  public record NodeReport(String node, long rows, long n, long signed) {}

  public boolean intact() {
    return findings.isEmpty();
  }
}
