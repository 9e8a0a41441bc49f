package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.AuditCalls.AuditCheck;
import io.commandcenter.akm.contract.AuditCalls.AuditExport;
import io.commandcenter.akm.contract.AuditCalls.AuditPage;
import io.commandcenter.akm.contract.AuditCalls.ExportAudit;
import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.commandcenter.akm.contract.AuditCalls.VerifyAudit;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.audit.AuditReport;
import io.commandcenter.akm.core.audit.ChainKey;
import io.commandcenter.akm.store.AuditCheckpoints;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.AuditVerification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shows, hands out and checks the audit log, and keeps its checkpoints. */
final class AuditDesk {
  private final Vertx vertx;
  private final AuditStore audit;
  private final AuditVerification verification;
  private final AuditCheckpoints checkpoints;
  private final Notices notices;
  private final Clock clock;
  private final AtomicBoolean verifying = new AtomicBoolean();

  AuditDesk(VaultTools tools) {
    var setup = tools.setup();
    var file = setup.config().auditCheckpoints();
    vertx = tools.vertx();
    audit = tools.audit();
    clock = tools.clock();
    notices = tools.notices();
    verification =
        new AuditVerification(
            setup.database().file(),
            file,
            new ChainKey(tools.open().vaultId(), tools.open().keyring()));
    checkpoints = new AuditCheckpoints(vertx, setup.database(), audit, file, clock);
  }

  /** Binds rows that are older than the chain, and finds where the checkpoints left off. */
  Future<Void> open() {
    return audit.begin(clock.instant()).compose(begun -> checkpoints.open());
  }

  /** Called every second. */
  void tick() {
    checkpoints.tick();
  }

  Future<Void> close() {
    return checkpoints.close();
  }

  /** One sentence, if the log is not kept as it should be. */
  Optional<String> trouble() {
    return checkpoints.trouble();
  }

  Future<AuditPage> list(ListAudit ask) {
    return audit.page(ask);
  }

  /** The row comes first: nobody takes the log away unseen. */
  Future<AuditExport> export(ExportAudit ask) {
    Plain.noKeyIn(ask.by());
    var detail =
        AuditDetail.NONE
            .with(Field.FORMAT, ask.format())
            .with(Field.SINCE, ask.since())
            .with(Field.UNTIL, ask.until());
    return audit
        .append(AuditEntry.ok(clock.instant(), ask.by(), Action.AUDIT_EXPORT, "audit", detail))
        .compose(noted -> audit.page(new ListAudit(1, null)))
        .map(page -> new AuditExport(page.rows().get(0).seq()));
  }

  /** One at a time: it reads the whole log. */
  Future<AuditCheck> verify(VerifyAudit ask) {
    Plain.noKeyIn(ask.by());
    if (!verifying.compareAndSet(false, true)) {
      throw new Failure(Code.CONFLICT, "the audit log is being verified; wait for the answer");
    }
    return vertx
        .executeBlocking(() -> verification.run(ask.since(), rows -> {}), false)
        .compose(report -> note(ask, report).map(noted -> AuditReports.shown(report)))
        .onComplete(done -> verifying.set(false));
  }

  private Future<Void> note(VerifyAudit ask, AuditReport report) {
    var detail =
        AuditDetail.NONE
            .with(Field.STATE, report.intact() ? "intact" : "tampered")
            .with(Field.COUNT, report.rows())
            .with(Field.SINCE, ask.since());
    var entry = AuditEntry.ok(clock.instant(), ask.by(), Action.AUDIT_VERIFY, "audit", detail);
    return audit.append(entry).compose(noted -> report.intact() ? quiet() : alarm(report));
  }

  /** Once for each first bad place. */
  private Future<Void> alarm(AuditReport report) {
    var first = report.findings().get(0);
    var once = "audit/" + first.kind().slug() + "/" + first.seq() + "/" + first.line();
    var detail =
        AuditDetail.NONE.with(Field.COUNT, first.count()).with(Field.REASON, first.kind().slug());
    return notices.raise("audit-tampered", "audit", once, detail).mapEmpty();
  }

  private static Future<Void> quiet() {
    return Future.succeededFuture();
  }
}
