package io.commandcenter.akm.router;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.Facts.HealthChanged;
import io.commandcenter.akm.contract.Facts.KeyChanged;
import io.commandcenter.akm.contract.HealthCalls;
import io.commandcenter.akm.contract.ReadyCalls.Ready;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the live facts fresh: by what the other rooms tell, and by asking them now and then. */
final class FactFeed {
  private static final Logger log = LoggerFactory.getLogger(FactFeed.class);

  private static final Set<String> ENDS_REST = Set.of("rotated", "enabled", "rested");

  private final Bus bus;
  private final LiveFacts facts;
  private Ready ready = new Ready(false, "the keys have not been read yet");
  private Future<Void> asking = Future.succeededFuture();
  private volatile Future<Void> changes = Future.succeededFuture();
  private boolean askAgain;

  FactFeed(Bus bus, LiveFacts facts) {
    this.bus = bus;
    this.facts = facts;
  }

  Ready ready() {
    return ready;
  }

  void heard(KeyChanged change) {
    if (ENDS_REST.contains(change.change())) {
      facts.coolDowns().forget(change.provider(), change.keyId());
    }
    if (change.change().equals("cooled")) {
      // Who told the vault knows already; no request waits for it.
      refreshKeys();
    } else {
      changes = refreshKeys();
    }
  }

  void heard(HealthChanged change) {
    facts.know(change.provider(), change.state(), change.detail());
  }

  /** Completes when both rooms have answered or failed; never fails itself. */
  Future<Void> refresh() {
    return Future.join(refreshKeys(), refreshHealth()).otherwiseEmpty().mapEmpty();
  }

  /**
   * Completes when every change of a key that was heard of so far is known: who has just added a
   * key may use it with the next request.
   */
  Future<Void> caughtUp() {
    return changes;
  }

  /** One question at a time: what changes meanwhile is asked for afterwards. */
  private Future<Void> refreshKeys() {
    if (asking.isComplete()) {
      asking = ask();
    } else {
      askAgain = true;
    }
    return asking;
  }

  private Future<Void> ask() {
    askAgain = false;
    return bus.ask(VaultCalls.LIST, new VaultCalls.ListKeys(null))
        .onSuccess(list -> facts.know(list.keys()))
        .onSuccess(list -> heardOfRests(list.keys()))
        .onSuccess(list -> ready = new Ready(true, list.keys().size() + " keys known"))
        .onFailure(this::missed)
        .<Void>mapEmpty()
        .otherwiseEmpty()
        .compose(answered -> askAgain ? ask() : Future.succeededFuture());
  }

  /** A list that is old already could bring back a rest that has just been ended. */
  private void heardOfRests(List<KeyInfo> keys) {
    if (!askAgain) {
      keys.forEach(key -> facts.coolDowns().told(key.provider(), key.keyId(), key.coolingUntil()));
    }
  }

  /** Facts once known stay in use: a vault that stumbles must not stop the requests. */
  private void missed(Throwable cause) {
    log.warn("the vault did not list its keys: {}", cause.getMessage());
    if (!ready.ready()) {
      ready = new Ready(false, "the vault did not list its keys: " + cause.getMessage());
    }
  }

  private Future<Void> refreshHealth() {
    return bus.ask(HealthCalls.STATUS, new HealthCalls.ShowHealth())
        .onSuccess(facts::know)
        .onFailure(cause -> log.warn("no health was told: {}", cause.getMessage()))
        .mapEmpty();
  }
}
