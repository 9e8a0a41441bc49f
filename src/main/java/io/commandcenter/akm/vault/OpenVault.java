package io.commandcenter.akm.vault;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.BackupCalls;
import io.commandcenter.akm.contract.DecoyCalls;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.KeyCalls;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.NoticeCalls;
import io.commandcenter.akm.contract.PanicCalls;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.ReadyCalls.Ready;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.SealCalls;
import io.commandcenter.akm.contract.ShareCalls;
import io.commandcenter.akm.contract.VaultCalls;
import io.vertx.core.Future;

/** The parts of an open vault: each call goes to its desk, time and facts go where they matter. */
final class OpenVault {
  private static final long SWEEP_MS = 1000;
  private static final long COUNT_MS = 60_000;
  private static final long CHECKPOINT_MS = 1000;
  private static final long LOOK_AHEAD_MS = 60_000;

  private final VaultTools tools;
  private final Bus bus;
  private final AuditDesk audit;
  private final RotationDesk rotations;
  private final Decoys decoys;
  private final SealDesk seal;

  OpenVault(VaultTools tools, SealDesk.Limits limits) {
    this.tools = tools;
    bus = tools.setup().bus();
    audit = new AuditDesk(tools);
    rotations = new RotationDesk(tools);
    decoys = new Decoys(tools);
    seal = new SealDesk(tools.open(), tools.rekey(), tools.custody(), limits);
  }

  /** Reads what is kept, catches up with time and facts, and serves. */
  Future<Void> start() {
    serve();
    hear();
    return audit
        .open()
        .compose(begun -> Future.all(tools.freezes().load(), decoys.load()))
        .compose(loaded -> tools.sweep().run(tools.life(), tools.changes(), tools.expiries()))
        .compose(swept -> rotations.rounds().resume())
        .compose(resumed -> tools.selfTest().prepare())
        .compose(prepared -> keepTime());
  }

  /** What time brings more slowly. */
  Future<Void> lookAhead() {
    return rotations.rounds().lookAhead();
  }

  Future<?> stop() {
    return audit.close();
  }

  private void serve() {
    serveKeys(new KeyDesk(tools, rotations, decoys), new Validation(tools));
    serve(new Intake(tools, rotations));
    serveEntries();
    serve(new Sharing(tools));
    serve(new Panic(tools));
    serve(Backups.of(tools));
    serveRotations();
    serveSeal();
    var notices = new NoticeDesk(tools);
    bus.serve(NoticeCalls.LIST, notices::list);
    bus.serve(NoticeCalls.TEST, notices::test);
    bus.serve(DecoyCalls.ADD, decoys::add);
    bus.serve(DecoyCalls.PRESENTED, decoys::presented);
    bus.serve(AuditCalls.LIST, audit::list);
    bus.serve(AuditCalls.EXPORT, audit::export);
    bus.serve(AuditCalls.VERIFY, audit::verify);
    bus.serve(ReadyCalls.VAULT, ask -> ready());
  }

  private void serveKeys(KeyDesk desk, Validation validation) {
    bus.serve(VaultCalls.LIST, desk::list);
    bus.serve(VaultCalls.FIND, desk::find);
    bus.serve(VaultCalls.DISABLE, desk::disable);
    bus.serve(VaultCalls.ENABLE, desk::enable);
    bus.serve(VaultCalls.DELETE, desk::delete);
    bus.serve(LeaseCalls.REPORT_REJECTION, desk::reject);
    bus.serve(LeaseCalls.LEASE, desk::lease);
    bus.serve(KeyCalls.COOL, desk::cool);
    bus.serve(KeyCalls.UPDATE, new KeyEdits(tools)::update);
    bus.serve(VaultCalls.VALIDATE, validation::validate);
    bus.serve(KeyCalls.VALIDATE_ALL, new ValidationRound(tools, validation)::run);
  }

  private void serve(Intake intake) {
    bus.serve(VaultCalls.SEAL, intake::seal);
    bus.serve(VaultCalls.ADD_FROM_ENVIRONMENT, intake::addFromEnvironment);
    bus.serve(RotationCalls.ROTATE, intake::rotate);
    bus.serve(RotationCalls.ROTATE_FROM_ENVIRONMENT, intake::rotateFromEnvironment);
  }

  private void serveEntries() {
    var desk = new EntryDesk(tools.setup().config().vault().entryTtl(), tools.random());
    var notes = new EntryAudit(tools);
    var intake = new EntryIntake(tools, rotations, desk, notes);
    var entered = new EnteredKey(tools, EnteredKey.TIMEOUT);
    var submission = new EntrySubmission(tools, rotations, desk, notes, entered);
    bus.serve(EntryCalls.BEGIN_ENTRY, intake::begin);
    bus.serve(EntryCalls.SHOW_ENTRY, intake::show);
    bus.serve(EntryCalls.UNLOCK_ENTRY, intake::unlock);
    bus.serve(EntryCalls.SUBMIT_ENTRY, submission::submit);
    bus.serve(EntryCalls.STATUS, intake::status);
    bus.hear(Facts.TOKEN_CHANGED, intake::tokenChanged);
  }

  private void serve(Sharing sharing) {
    bus.serve(ShareCalls.SHARE, sharing::share);
    bus.serve(ShareCalls.UNWRAP, sharing::unwrap);
  }

  private void serve(Panic panic) {
    bus.serve(PanicCalls.FREEZE, panic::freeze);
    bus.serve(PanicCalls.THAW, panic::thaw);
    bus.serve(PanicCalls.FREEZES, panic::list);
    bus.serve(PanicCalls.LEASES, panic::leases);
  }

  private void serve(Backups backups) {
    bus.serve(BackupCalls.MAKE, backups::make);
    bus.serve(BackupCalls.END, backups::end);
  }

  private void serveRotations() {
    bus.serve(RotationCalls.STATUS, rotations::status);
    bus.serve(RotationCalls.LIST, rotations::list);
    bus.serve(RotationCalls.CANCEL, rotations::cancel);
    bus.serve(RotationCalls.MINT, rotations::mint);
    bus.serve(RotationCalls.ADVANCE, rotations::advance);
  }

  private void serveSeal() {
    bus.serve(SealCalls.STATUS, ask -> seal.status());
    bus.serve(SealCalls.PROGRESS, ask -> seal.progress());
    bus.serve(SealCalls.REKEY_MASTER, ask -> seal.rekeyMaster(ask.by()));
    bus.serve(SealCalls.CONFIRM, ask -> seal.confirm(ask.by()).onSuccess(done -> seal.resume()));
    bus.serve(SealCalls.REKEY_DATA, ask -> seal.rekeyData(ask.by()));
  }

  /** Every node of a cluster has a vault: what one of them changes ends the others' leases too. */
  private void hear() {
    bus.hear(
        Facts.KEY_CHANGED,
        change -> {
          tools.changes().heard(change);
          tools.freezes().heard(change);
          decoys.heard(change);
        });
    bus.hear(Facts.ATTEMPT_ENDED, rotations::heard);
  }

  private Future<Void> keepTime() {
    var vertx = tools.vertx();
    vertx.setPeriodic(
        SWEEP_MS, timer -> tools.sweep().tick(tools.life(), tools.changes(), tools.expiries()));
    vertx.setPeriodic(SWEEP_MS, timer -> rotations.rounds().tick());
    vertx.setPeriodic(LOOK_AHEAD_MS, timer -> lookAhead());
    vertx.setPeriodic(CHECKPOINT_MS, timer -> audit.tick());
    vertx.setPeriodic(COUNT_MS, timer -> seal.rekeyIfDue());
    seal.resume();
    return seal.rekeyIfDue();
  }

  private Future<Ready> ready() {
    return tools
        .selfTest()
        .check()
        .map(
            tested ->
                audit
                    .trouble()
                    .filter(trouble -> tested.ready())
                    .map(trouble -> new Ready(true, tested.detail() + "; but " + trouble))
                    .orElse(tested));
  }
}
