package io.commandcenter.akm.vault;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.ReadyCalls.Ready;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.SealCalls;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.core.crypto.Seal;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Serves the vault's calls; sealed, it answers each of them with SEALED and writes nothing. */
public final class VaultVerticle extends VerticleBase {
  private static final long SWEEP_MS = 1000;
  private static final long COUNT_MS = 60_000;
  private static final long CHECKPOINT_MS = 1000;

  /** Every call that needs an open vault. */
  private static final List<Call<?, ?>> SERVED =
      Stream.of(
              VaultCalls.ALL,
              EntryCalls.ALL,
              RotationCalls.ALL,
              AuditCalls.ALL,
              SealCalls.WHILE_OPEN)
          .<Call<?, ?>>flatMap(List::stream)
          .toList();

  private final VaultSetup setup;
  private final Bus bus;
  private final SealDesk.Limits limits;
  private Supplier<Future<?>> closing = Future::succeededFuture;

  public VaultVerticle(VaultSetup setup) {
    this(setup, SealDesk.Limits.USUAL);
  }

  VaultVerticle(VaultSetup setup, SealDesk.Limits limits) {
    this.setup = setup;
    this.limits = limits;
    bus = setup.bus();
  }

  @Override
  public Future<?> start() {
    return setup.seal() instanceof Seal.Open open
        ? serve(VaultTools.of(vertx, setup, open))
        : serveSealed((Seal.Sealed) setup.seal());
  }

  private Future<Void> serve(VaultTools tools) {
    var rotations = new RotationDesk(tools);
    serve(new KeyDesk(tools, rotations));
    serve(new Intake(tools, rotations));
    serve(rotations);
    bus.serve(VaultCalls.VALIDATE, new Validation(tools)::validate);
    var audit = new AuditDesk(tools);
    serve(audit);
    bus.serve(ReadyCalls.VAULT, ask -> ready(tools.selfTest(), audit));
    vertx.setPeriodic(SWEEP_MS, timer -> tools.sweep().tick(tools.life(), tools.changes()));
    vertx.setPeriodic(SWEEP_MS, timer -> rotations.tick());
    return audit
        .open()
        .compose(begun -> tools.sweep().run(tools.life(), tools.changes()))
        .compose(swept -> rotations.resume())
        .compose(swept -> tools.selfTest().prepare())
        .compose(
            prepared -> serve(new SealDesk(tools.open(), tools.rekey(), tools.custody(), limits)));
  }

  private static Future<Ready> ready(SelfTest test, AuditDesk audit) {
    return test.check()
        .map(
            ready ->
                ready.ready()
                    ? new Ready(
                        true,
                        audit
                            .trouble()
                            .map(t -> ready.detail() + "; but " + t)
                            .orElse(ready.detail()))
                    : ready);
  }

  private Future<Void> serve(SealDesk desk) {
    bus.serve(SealCalls.STATUS, ask -> desk.status());
    bus.serve(SealCalls.PROGRESS, ask -> desk.progress());
    bus.serve(SealCalls.REKEY_MASTER, ask -> desk.rekeyMaster(ask.by()));
    bus.serve(SealCalls.CONFIRM, ask -> desk.confirm(ask.by()).onSuccess(done -> desk.resume()));
    bus.serve(SealCalls.REKEY_DATA, ask -> desk.rekeyData(ask.by()));
    desk.resume();
    vertx.setPeriodic(COUNT_MS, timer -> desk.rekeyIfDue());
    return desk.rekeyIfDue();
  }

  private void serve(AuditDesk desk) {
    bus.serve(AuditCalls.LIST, desk::list);
    bus.serve(AuditCalls.EXPORT, desk::export);
    bus.serve(AuditCalls.VERIFY, desk::verify);
    vertx.setPeriodic(CHECKPOINT_MS, timer -> desk.tick());
    closing = desk::close;
  }

  private void serve(RotationDesk rotations) {
    bus.serve(RotationCalls.STATUS, rotations::status);
    bus.serve(RotationCalls.LIST, rotations::list);
    bus.serve(RotationCalls.CANCEL, rotations::cancel);
    bus.serve(RotationCalls.ADVANCE, rotations::advance);
    bus.hear(Facts.ATTEMPT_ENDED, rotations::heard);
  }

  private void serve(KeyDesk desk) {
    bus.serve(VaultCalls.LIST, desk::list);
    bus.serve(VaultCalls.FIND, desk::find);
    bus.serve(VaultCalls.DISABLE, desk::disable);
    bus.serve(VaultCalls.ENABLE, desk::enable);
    bus.serve(VaultCalls.DELETE, desk::delete);
    bus.serve(VaultCalls.REPORT_REJECTION, desk::reject);
    bus.serve(VaultCalls.LEASE, desk::lease);
  }

  private void serve(Intake intake) {
    bus.serve(VaultCalls.SEAL, intake::seal);
    bus.serve(VaultCalls.ADD_FROM_ENVIRONMENT, intake::addFromEnvironment);
    bus.serve(VaultCalls.ROTATE, intake::rotate);
    bus.serve(VaultCalls.ROTATE_FROM_ENVIRONMENT, intake::rotateFromEnvironment);
    bus.serve(EntryCalls.BEGIN_ENTRY, intake::beginEntry);
    bus.serve(EntryCalls.SHOW_ENTRY, intake::showEntry);
    bus.serve(EntryCalls.SUBMIT_ENTRY, intake::submitEntry);
  }

  private Future<Void> serveSealed(Seal.Sealed refused) {
    SERVED.forEach(call -> refuse(call, refused.reason()));
    var desk = new SealDesk(refused, setup.rekey(vertx, keyring -> {}), null, limits);
    bus.serve(SealCalls.STATUS, ask -> desk.status());
    bus.serve(ReadyCalls.VAULT, ask -> Future.succeededFuture(new Ready(false, refused.reason())));
    return Future.succeededFuture();
  }

  private <Q extends Record, A extends Record> void refuse(Call<Q, A> call, String reason) {
    bus.serve(call, ask -> Future.failedFuture(new Failure(Code.SEALED, reason)));
  }

  @Override
  public Future<?> stop() {
    return closing.get();
  }
}
