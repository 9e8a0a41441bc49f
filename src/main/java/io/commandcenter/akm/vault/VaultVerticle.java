package io.commandcenter.akm.vault;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.BackupCalls;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.DecoyCalls;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Failure;
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
import io.commandcenter.akm.core.crypto.Seal;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Serves the vault's calls; sealed, it answers each of them with SEALED and writes nothing. */
public final class VaultVerticle extends VerticleBase {
  /** Every call that needs an open vault. */
  static final List<Call<?, ?>> SERVED =
      Stream.of(
              VaultCalls.ALL,
              LeaseCalls.ALL,
              KeyCalls.ALL,
              PanicCalls.ALL,
              DecoyCalls.ALL,
              NoticeCalls.ALL,
              EntryCalls.ALL,
              RotationCalls.ALL,
              ShareCalls.ALL,
              AuditCalls.ALL,
              BackupCalls.ALL,
              SealCalls.WHILE_OPEN)
          .<Call<?, ?>>flatMap(List::stream)
          .toList();

  private final VaultSetup setup;
  private final Bus bus;
  private final SealDesk.Limits limits;
  private OpenVault vault;
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
        ? serve(open)
        : serveSealed((Seal.Sealed) setup.seal());
  }

  private Future<Void> serve(Seal.Open open) {
    vault = new OpenVault(VaultTools.of(vertx, setup, open), limits);
    closing = vault::stop;
    return vault.start();
  }

  /** What time brings more slowly; called every minute. */
  Future<Void> lookAhead() {
    return vault.lookAhead();
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
