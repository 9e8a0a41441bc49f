package io.commandcenter.akm.vault;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.BackupCalls;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Failure;
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
      Stream.of(VaultCalls.ALL, EntryCalls.ALL, AuditCalls.ALL, BackupCalls.ALL)
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
    serve(new KeyDesk(tools));
    serve(new Intake(tools));
    serve(Backups.of(tools));
    bus.serve(VaultCalls.VALIDATE, new Validation(tools)::validate);
    bus.serve(AuditCalls.LIST, setup.audit()::page);
    bus.serve(ReadyCalls.VAULT, ask -> Future.succeededFuture(new Ready(true, "open")));
    vertx.setPeriodic(SWEEP_MS, timer -> tools.sweep().tick(tools.life(), tools.changes()));
    return tools.sweep().run(tools.life(), tools.changes());
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

  private void serve(Backups backups) {
    bus.serve(BackupCalls.MAKE, backups::make);
    bus.serve(BackupCalls.END, backups::end);
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
