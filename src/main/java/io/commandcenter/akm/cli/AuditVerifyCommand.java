package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.ConfigLoader;
import io.commandcenter.akm.contract.AuditCalls.AuditCheck;
import io.commandcenter.akm.contract.AuditCalls.AuditFinding;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.core.audit.ChainKey;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.AuditVerification;
import io.commandcenter.akm.vault.AuditReports;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code akm audit verify}: reads the data itself, whether the service runs or not. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Checks the audit log against its chain and its signed checkpoints. Needs the data"
            + " directory and the master key, not the service. Exit code 0 if the log is intact, 1"
            + " if it was tampered with, 2 if it could not be checked.")
final class AuditVerifyCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final Screen screen;

  @Option(
      names = "--since",
      paramLabel = "TIME|DAY",
      converter = TimeSpan.Begin.class,
      description = "Checks from the first row of then on; by default the whole log.")
  private Instant since;

  @Option(names = "--json", description = "Print JSON for machines.")
  private boolean json;

  AuditVerifyCommand(Map<String, String> environment, Screen screen) {
    this.environment = Map.copyOf(environment);
    this.screen = screen;
  }

  @Override
  public Integer call() {
    var configuration = ConfigLoader.load(environment, LocalDate.now(ZoneOffset.UTC));
    AuditCheck check;
    try {
      check = OfflineData.read(configuration, environment, this::check);
    } catch (IllegalStateException | io.commandcenter.akm.contract.Failure unable) {
      screen.line(screen.bad("The audit log could not be checked: ") + unable.getMessage());
      return 2;
    }
    if (json) {
      screen.line(Wire.toJson(check).encode());
    } else {
      tell(check);
    }
    return check.intact() ? 0 : 1;
  }

  private Future<AuditCheck> check(OfflineData data) {
    if (data.seal() instanceof Seal.Sealed sealed) {
      return Future.failedFuture(new IllegalStateException(sealed.reason()));
    }
    var open = (Seal.Open) data.seal();
    var verification =
        new AuditVerification(
            data.database().file(),
            data.configuration().server().auditCheckpoints(),
            new ChainKey(open.vaultId(), open.keyring()));
    return data.vertx()
        .executeBlocking(() -> verification.run(since, this::progress))
        .onComplete(done -> screen.redraw(""))
        .map(AuditReports::shown);
  }

  private void progress(long rows) {
    screen.redraw(json ? "" : "%,d rows checked".formatted(rows));
  }

  private void tell(AuditCheck check) {
    if (check.intact()) {
      screen.line(screen.good("The audit log is intact."));
    } else {
      screen.line(screen.bad("The audit log was tampered with."));
      findings(check);
    }
    screen.line("");
    new Table()
        .row("rows checked", check.rows())
        .row("older than the chain", check.older())
        .row("checkpoints", check.checkpoints())
        .row("their public key", check.publicKey())
        .print(screen);
    screen.line("");
    var table = new Table().row("node", "rows", "newest", "signed up to");
    check.nodes().forEach(node -> table.row(node.node(), node.rows(), node.n(), node.signed()));
    table.print(screen);
  }

  private void findings(AuditCheck check) {
    var table = new Table().row("kind", "count", "first bad row", "what it is");
    check
        .findings()
        .forEach(
            finding ->
                table.row(
                    screen.bad(finding.kind()), finding.count(), place(finding), finding.detail()));
    screen.line("");
    table.print(screen);
  }

  private static String place(AuditFinding finding) {
    if (finding.line() != null) {
      return "line " + finding.line() + " of the checkpoints";
    }
    if (finding.seq() == null) {
      return finding.node() == null ? "-" : "checkpoints of " + finding.node();
    }
    return "seq " + finding.seq() + (finding.n() == null ? "" : place(finding.node(), finding.n()));
  }

  private static String place(String node, long n) {
    return " (" + node + " " + n + ")";
  }
}
