package io.commandcenter.akm.vault;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.DecoyCalls;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.KeyCalls;
import io.commandcenter.akm.contract.NoticeCalls;
import io.commandcenter.akm.contract.PanicCalls;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.ReadyCalls.Ready;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.core.crypto.Seal;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.stream.Stream;

/** Serves the vault's calls; sealed, it answers each of them with SEALED and writes nothing. */
public final class VaultVerticle extends VerticleBase {
  private static final long SWEEP_MS = 1000;

  /** Every call that needs an open vault. */
  private static final List<Call<?, ?>> SERVED =
      Stream.of(
              VaultCalls.ALL,
              KeyCalls.ALL,
              PanicCalls.ALL,
              DecoyCalls.ALL,
              NoticeCalls.ALL,
              EntryCalls.ALL,
              AuditCalls.ALL)
          .<Call<?, ?>>flatMap(List::stream)
          .toList();

  private final VaultSetup setup;
  private final Bus bus;

  public VaultVerticle(VaultSetup setup) {
    this.setup = setup;
    bus = setup.bus();
  }

  @Override
  public Future<?> start() {
    return setup.seal() instanceof Seal.Open open
        ? serve(VaultTools.of(vertx, setup, open))
        : serveSealed((Seal.Sealed) setup.seal());
  }

  private Future<Void> serve(VaultTools tools) {
    var decoys = new Decoys(tools);
    var validation = new Validation(tools);
    serve(new KeyDesk(tools, decoys));
    serve(new Intake(tools));
    serve(new Panic(tools));
    serve(new NoticeDesk(tools));
    bus.serve(DecoyCalls.ADD, decoys::add);
    bus.serve(DecoyCalls.PRESENTED, decoys::presented);
    bus.serve(KeyCalls.UPDATE, new KeyEdits(tools)::update);
    bus.serve(VaultCalls.VALIDATE, validation::validate);
    bus.serve(KeyCalls.VALIDATE_ALL, new ValidationRound(tools, validation)::run);
    bus.serve(AuditCalls.LIST, setup.audit()::page);
    bus.serve(ReadyCalls.VAULT, ask -> Future.succeededFuture(new Ready(true, "open")));
    hear(tools, decoys);
    vertx.setPeriodic(
        SWEEP_MS, timer -> tools.sweep().tick(tools.life(), tools.changes(), tools.expiries()));
    return Future.all(tools.freezes().load(), decoys.load())
        .compose(loaded -> tools.sweep().run(tools.life(), tools.changes(), tools.expiries()));
  }

  /** Every node of a cluster has a vault: what one of them changes ends the others' leases too. */
  private void hear(VaultTools tools, Decoys decoys) {
    bus.hear(
        Facts.KEY_CHANGED,
        change -> {
          tools.changes().heard(change);
          tools.freezes().heard(change);
          decoys.heard(change);
        });
  }

  private void serve(Panic panic) {
    bus.serve(PanicCalls.FREEZE, panic::freeze);
    bus.serve(PanicCalls.THAW, panic::thaw);
    bus.serve(PanicCalls.FREEZES, panic::list);
    bus.serve(PanicCalls.LEASES, panic::leases);
  }

  private void serve(NoticeDesk desk) {
    bus.serve(NoticeCalls.LIST, desk::list);
    bus.serve(NoticeCalls.TEST, desk::test);
  }

  private void serve(KeyDesk desk) {
    bus.serve(VaultCalls.LIST, desk::list);
    bus.serve(VaultCalls.FIND, desk::find);
    bus.serve(VaultCalls.DISABLE, desk::disable);
    bus.serve(VaultCalls.ENABLE, desk::enable);
    bus.serve(VaultCalls.DELETE, desk::delete);
    bus.serve(VaultCalls.REPORT_REJECTION, desk::reject);
    bus.serve(VaultCalls.LEASE, desk::lease);
    bus.serve(KeyCalls.COOL, desk::cool);
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
    bus.serve(ReadyCalls.VAULT, ask -> Future.succeededFuture(new Ready(false, refused.reason())));
    return Future.succeededFuture();
  }

  private <Q extends Record, A extends Record> void refuse(Call<Q, A> call, String reason) {
    bus.serve(call, ask -> Future.failedFuture(new Failure(Code.SEALED, reason)));
  }
}
