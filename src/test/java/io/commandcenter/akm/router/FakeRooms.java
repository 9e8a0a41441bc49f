package io.commandcenter.akm.router;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.HealthCalls;
import io.commandcenter.akm.contract.HealthCalls.HealthView;
import io.commandcenter.akm.contract.HealthCalls.ProviderHealth;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.contract.LeaseCalls.ReportRejection;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Held;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.contract.UsageCalls.Settle;
import io.commandcenter.akm.contract.UsageCalls.Settled;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.KeyList;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.testkit.KeyInfos;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The vault, usage and health rooms with canned answers, and notes of what they were asked. */
final class FakeRooms {
  static final long NANOS_PER_TOKEN = 1000;

  final List<KeyInfo> keys = new CopyOnWriteArrayList<>();
  final List<ProviderHealth> health = new CopyOnWriteArrayList<>();
  final Queue<Hold> holds = new ConcurrentLinkedQueue<>();
  final Queue<Settle> settles = new ConcurrentLinkedQueue<>();
  final Queue<TakeLease> leases = new ConcurrentLinkedQueue<>();
  final Queue<ReportRejection> rejections = new ConcurrentLinkedQueue<>();
  final AtomicInteger lists = new AtomicInteger();
  volatile Function<ListedKeys, Future<KeyList>> list =
      asked -> Future.succeededFuture(new KeyList(asked.keys()));
  volatile Function<Hold, Future<Held>> hold = FakeRooms::held;
  volatile Function<Settle, Future<Settled>> settle = FakeRooms::settled;
  volatile Function<TakeLease, Future<Lease>> lease = FakeRooms::lent;

  record ListedKeys(List<KeyInfo> keys) {}

  void serve(Bus bus) {
    bus.serve(
        VaultCalls.LIST,
        asked -> {
          lists.incrementAndGet();
          return list.apply(new ListedKeys(keys));
        });
    bus.serve(
        LeaseCalls.LEASE,
        take -> {
          leases.add(take);
          return lease.apply(take);
        });
    bus.serve(
        LeaseCalls.REPORT_REJECTION,
        report -> {
          rejections.add(report);
          return Future.succeededFuture(keys.get(0));
        });
    bus.serve(UsageCalls.HOLD, asked -> hold.apply(asked).onSuccess(held -> holds.add(asked)));
    bus.serve(
        UsageCalls.SETTLE,
        asked -> {
          settles.add(asked);
          return settle.apply(asked);
        });
    bus.serve(
        HealthCalls.STATUS, asked -> Future.succeededFuture(new HealthView(List.copyOf(health))));
  }

  static Future<Held> held(Hold hold) {
    return Future.succeededFuture(new Held(hold.requestId() + "/" + hold.attempt(), 1));
  }

  static Future<Settled> settled(Settle settle) {
    long nanos = settle.usage().total() * NANOS_PER_TOKEN;
    return Future.succeededFuture(new Settled(nanos, Usd.ofNanos(nanos), false));
  }

  static Future<Lease> lent(TakeLease take) {
    if (take.exceptVersion() != null) {
      return failed(Code.CONFLICT);
    }
    var secret = Secret.of("secret of " + take.keyId());
    return Future.succeededFuture(
        new Lease("lease", take.keyId(), "any", 3, false, secret, Instant.MAX));
  }

  static <T> Future<T> failed(Code code) {
    return Future.failedFuture(new Failure(code, "a refusal of the test"));
  }

  static KeyInfo key(String id, String provider, int weight, String state, Instant expiresAt) {
    return KeyInfos.key(id, provider, "label-" + id, state, 3, weight, null, expiresAt);
  }
}
