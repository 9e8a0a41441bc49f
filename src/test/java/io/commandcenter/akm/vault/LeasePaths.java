package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.core.crypto.Seal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.Map;

/** The ways to a lease of one sealed key, for measuring. */
public final class LeasePaths implements AutoCloseable {
  private final Vaults vault;
  private final VaultTools tools;
  private final KeyDesk desk;
  private final TakeLease ask;

  public LeasePaths(Path folder) {
    // One loop for the caller and the vault, as when a request finds its lease on its own node.
    var oneLoop = new VertxOptions().setEventLoopPoolSize(1);
    vault = Vaults.open(Vertx.vertx(oneLoop), folder, Map.of());
    tools = VaultTools.of(vault.vertx, vault.setup(), (Seal.Open) vault.seal);
    desk = new KeyDesk(tools, new RotationDesk(tools), new Decoys(tools));
    ask = new TakeLease(vault.add("main", Vaults.KEY).keyId(), "req_1", null, Vaults.BY);
  }

  public Vertx vertx() {
    return vault.vertx;
  }

  /** The vault's own code, with the lease out already. */
  public Future<Lease> cached() {
    return desk.lease(ask);
  }

  /** The same as a call over the bus. */
  public Future<Lease> cachedOverTheBus() {
    return vault.bus.ask(LeaseCalls.LEASE, ask);
  }

  /** The row is read, the ciphertext opened, the audit row committed. */
  public Future<Lease> sealed() {
    tools.leases().drop(ask.keyId());
    return desk.lease(ask);
  }

  @Override
  public void close() {
    vault.close();
  }
}
