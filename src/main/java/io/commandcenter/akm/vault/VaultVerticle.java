package io.commandcenter.akm.vault;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.ReadyCalls.Ready;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.Upstream;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.DenialLog;
import io.commandcenter.akm.store.KeyStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** Serves the vault's calls; sealed, it answers each of them with SEALED and writes nothing. */
public final class VaultVerticle extends VerticleBase {
  private static final long SWEEP_MS = 1000;
  private static final int DENIALS_PER_MINUTE = 60;

  private final Bus bus;
  private final KeyStore keys;
  private final AuditStore audit;
  private final Seal seal;
  private final ServerConfig.Vault config;
  private final Map<String, Endpoint> endpoints;
  private final RoutingConfig routing;
  private final Upstream upstream;
  private final PublicUrl publicUrl;
  private final Environment environment;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * @param endpoints of every configured provider, by its name
   * @param environment the process's variables
   */
  public VaultVerticle(
      Bus bus,
      KeyStore keys,
      AuditStore audit,
      Seal seal,
      ServerConfig.Vault config,
      Map<String, Endpoint> endpoints,
      RoutingConfig routing,
      Upstream upstream,
      PublicUrl publicUrl,
      Map<String, String> environment,
      Clock clock,
      SecureRandom random) {
    this.bus = bus;
    this.keys = keys;
    this.audit = audit;
    this.seal = seal;
    this.config = config;
    this.endpoints = Map.copyOf(endpoints);
    this.routing = routing;
    this.upstream = upstream;
    this.publicUrl = publicUrl;
    this.environment = new Environment(environment);
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Future<?> start() {
    return seal instanceof Seal.Open open ? serve(open) : serveSealed((Seal.Sealed) seal);
  }

  private Future<Void> serve(Seal.Open open) {
    var providers = new Providers(endpoints);
    var custody = new Custody(open, providers);
    var leases = new Leases(clock);
    var sweep = new Sweep(keys, clock);
    var changes = new KeyChanges(bus, leases, sweep);
    var life = new KeyLife(keys, changes, clock);
    var denials = new DenialLog(audit, clock, DENIALS_PER_MINUTE);
    var lending = new Lending(keys, custody, denials, config.leaseTtl(), clock, random);
    var fromEnvironment = new EnvironmentKeys(audit, lending, changes, clock);
    fromEnvironment.read(routing, environment, custody);
    serve(new KeyDesk(keys, life, fromEnvironment, lending, leases, clock));
    var sealedKeys = new SealedKeys(keys, custody, changes, clock, random);
    var entries = new EntryDesk(config.entryTtl(), random);
    serve(new Intake(sealedKeys, entries, providers, audit, environment, config, publicUrl, clock));
    var check =
        new Validation(
            keys, audit, fromEnvironment, life, lending, providers, upstream, changes, clock);
    bus.serve(VaultCalls.VALIDATE, check::validate);
    bus.serve(AuditCalls.LIST, audit::page);
    bus.serve(ReadyCalls.VAULT, ask -> Future.succeededFuture(new Ready(true, "open")));
    vertx.setPeriodic(SWEEP_MS, timer -> sweep.tick(life, changes));
    return sweep.run(life, changes);
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
    VaultCalls.ALL.forEach(call -> refuse(call, refused.reason()));
    bus.serve(ReadyCalls.VAULT, ask -> Future.succeededFuture(new Ready(false, refused.reason())));
    return Future.succeededFuture();
  }

  private <Q extends Record, A extends Record> void refuse(Call<Q, A> call, String reason) {
    bus.serve(call, ask -> Future.failedFuture(new Failure(Code.SEALED, reason)));
  }
}
