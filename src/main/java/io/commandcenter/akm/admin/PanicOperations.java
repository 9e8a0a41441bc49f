package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.PanicCalls;
import io.commandcenter.akm.contract.PanicCalls.FreezeKeys;
import io.commandcenter.akm.contract.PanicCalls.Frozen;
import io.commandcenter.akm.contract.PanicCalls.LeasePage;
import io.commandcenter.akm.contract.PanicCalls.ListLeases;
import io.commandcenter.akm.contract.PanicCalls.ShowFreezes;
import io.commandcenter.akm.contract.PanicCalls.ThawKeys;
import io.commandcenter.akm.contract.UseCalls;
import io.commandcenter.akm.contract.UseCalls.ListUses;
import io.commandcenter.akm.contract.UseCalls.UsePage;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The operations for an emergency; what the vault and the ledger know is put together here. */
final class PanicOperations {
  private static final int MOST_KEYS = 1000;

  private final Asking bus;

  PanicOperations(Asking bus) {
    this.bus = bus;
  }

  /** The body of panic. */
  record Freeze(String keyId, String provider, Boolean all, String reason, Instant since) {}

  /** The body of thaw. */
  record Thaw(String keyId, String provider, Boolean all) {}

  /** What a panic answers: the vault's words, and the ledger's uses. */
  record Report(
      String scope,
      List<KeyInfo> keys,
      int leasesRevoked,
      Instant since,
      LeasePage leases,
      UsePage uses) {
    Report {
      keys = List.copyOf(keys);
    }
  }

  /** The uses of one key. */
  record Trace(String keyId, Instant since, LeasePage leases, UsePage uses) {}

  Map<String, Action> table() {
    return Map.of(
        "panic",
        this::freeze,
        "thaw",
        this::thaw,
        "getPanic",
        call -> bus.ask(PanicCalls.FREEZES, new ShowFreezes()).map(Answer::ok),
        "listKeyUses",
        this::uses);
  }

  private Future<Answer> freeze(AdminCall call) {
    var ask = Wire.fromJson(call.body(), Freeze.class);
    return bus.ask(
            PanicCalls.FREEZE,
            new FreezeKeys(
                ask.keyId(), ask.provider(), ask.all(), ask.reason(), ask.since(), call.by().id()))
        .compose(this::withUses)
        .map(Answer::ok);
  }

  private Future<Report> withUses(Frozen frozen) {
    var ids = frozen.keys().stream().map(KeyInfo::keyId).limit(MOST_KEYS).toList();
    return bus.ask(UseCalls.USES, new ListUses(ids, frozen.since(), null, null))
        .map(
            uses ->
                new Report(
                    frozen.scope(),
                    frozen.keys(),
                    frozen.leasesRevoked(),
                    frozen.since(),
                    frozen.leases(),
                    uses));
  }

  private Future<Answer> thaw(AdminCall call) {
    var ask = Wire.fromJson(call.body(), Thaw.class);
    return bus.ask(
            PanicCalls.THAW, new ThawKeys(ask.keyId(), ask.provider(), ask.all(), call.by().id()))
        .map(Answer::ok);
  }

  private Future<Answer> uses(AdminCall call) {
    var key = call.inPath("key_id");
    var since = call.time("since");
    var limit = call.whole("limit");
    var uses =
        bus.ask(UseCalls.USES, new ListUses(List.of(key), since, limit, call.number("before_use")));
    return bus.ask(
            PanicCalls.LEASES,
            new ListLeases(List.of(key), since, limit, call.number("before_lease")))
        .compose(leases -> uses.map(page -> Answer.ok(new Trace(key, since, leases, page))));
  }
}
