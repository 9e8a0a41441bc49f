package io.commandcenter.akm.vault;

import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.DataKeyStore;
import io.commandcenter.akm.store.DenialLog;
import io.commandcenter.akm.store.FreezeStore;
import io.commandcenter.akm.store.KeyLifeStore;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.store.NoticeStore;
import io.commandcenter.akm.store.RotationStore;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;

/** What the parts of an open vault share; made once, when it opens. */
record VaultTools(
    Vertx vertx,
    VaultSetup setup,
    Seal.Open open,
    KeyStore keys,
    RotationStore rotations,
    RunningRotations running,
    KeyLifeStore lives,
    Freezes freezes,
    Providers providers,
    Environment environment,
    Custody custody,
    Leases leases,
    Sweep sweep,
    KeyChanges changes,
    Expiries expiries,
    KeyLife life,
    Lending lending,
    EnvironmentKeys environmentKeys,
    SealedKeys sealedKeys,
    Notices notices) {
  private static final int DENIALS_PER_MINUTE = 60;

  static VaultTools of(Vertx vertx, VaultSetup setup, Seal.Open open) {
    var clock = setup.clock();
    var keys = new KeyStore(setup.database(), setup.audit());
    var providers = new Providers(setup.endpoints());
    var environment = new Environment(setup.environment());
    var custody = new Custody(open, providers);
    var leases = new Leases(clock);
    var sweep = new Sweep(keys, clock);
    var changes = new KeyChanges(setup.bus(), leases, sweep);
    var denials = new DenialLog(setup.audit(), clock, DENIALS_PER_MINUTE);
    var running = new RunningRotations();
    var lending =
        new Lending(
            keys,
            custody,
            running,
            denials,
            setup.config().vault().leaseTtl(),
            clock,
            setup.random());
    var lives = new KeyLifeStore(setup.database(), setup.audit());
    var freezes = new Freezes(new FreezeStore(setup.database(), setup.audit()));
    var notices =
        new Notices(
            setup.bus(),
            new NoticeStore(setup.database()),
            setup.config().budget().webhookUrl() != null,
            clock,
            setup.random());
    var expiries = new Expiries(lives, notices);
    var environmentKeys = new EnvironmentKeys(setup.audit(), freezes, lending, changes, clock);
    environmentKeys.read(setup.routing(), environment, custody);
    return new VaultTools(
        vertx,
        setup,
        open,
        keys,
        new RotationStore(setup.database(), setup.audit()),
        running,
        lives,
        freezes,
        providers,
        environment,
        custody,
        leases,
        sweep,
        changes,
        expiries,
        new KeyLife(keys, lives, changes, expiries, clock),
        lending,
        environmentKeys,
        new SealedKeys(keys, custody, changes, clock, setup.random()),
        notices);
  }

  AuditStore audit() {
    return setup.audit();
  }

  RekeyTools rekey() {
    return setup.rekey(vertx, custody::turnTo);
  }

  SelfTest selfTest() {
    return new SelfTest(
        new DataKeyStore(setup.database(), setup.audit()), custody, open.vaultId(), clock());
  }

  Clock clock() {
    return setup.clock();
  }

  SecureRandom random() {
    return setup.random();
  }
}
