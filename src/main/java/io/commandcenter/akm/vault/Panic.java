package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.PanicCalls.FreezeKeys;
import io.commandcenter.akm.contract.PanicCalls.FreezeList;
import io.commandcenter.akm.contract.PanicCalls.Frozen;
import io.commandcenter.akm.contract.PanicCalls.LeasePage;
import io.commandcenter.akm.contract.PanicCalls.ListLeases;
import io.commandcenter.akm.contract.PanicCalls.ShowFreezes;
import io.commandcenter.akm.contract.PanicCalls.ThawKeys;
import io.commandcenter.akm.contract.PanicCalls.Thawed;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.keys.FreezeScope;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.FreezeStore;
import io.commandcenter.akm.store.KeyRow;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The red button: nobody may use what it froze, whatever state it is in, until it is thawed. */
final class Panic {
  private static final Duration RECENT = Duration.ofHours(24);
  private static final int MOST_KEYS = 1000;

  private final FreezeStore store;
  private final Freezes freezes;
  private final KeyLife life;
  private final EnvironmentKeys environment;
  private final Providers providers;
  private final Leases leases;
  private final KeyChanges changes;
  private final Clock clock;

  Panic(VaultTools tools) {
    store = new FreezeStore(tools.setup().database(), tools.audit());
    freezes = tools.freezes();
    life = tools.life();
    environment = tools.environmentKeys();
    providers = tools.providers();
    leases = tools.leases();
    changes = tools.changes();
    clock = tools.clock();
  }

  Future<Frozen> freeze(FreezeKeys ask) {
    Plain.noKeyIn(ask.keyId(), ask.reason(), ask.by());
    var now = clock.instant();
    var scope = scope(ask.keyId(), ask.provider());
    return known(ask)
        .compose(
            known ->
                store.freeze(
                    scope,
                    now,
                    ask.by(),
                    ask.reason(),
                    stored -> entries(Action.KEY_FREEZE, scope, stored, ask.by(), ask.reason())))
        .compose(stored -> freezes.load().map(loaded -> all(scope, stored)))
        .compose(keys -> frozen(scope, keys, ask, now));
  }

  private Future<Void> known(FreezeKeys ask) {
    if (ask.provider() != null) {
      providers.endpoint(ask.provider());
    }
    if (ask.keyId() == null) {
      return Future.succeededFuture();
    }
    return EnvironmentKeys.holds(ask.keyId())
        ? environment.find(ask.keyId()).mapEmpty()
        : life.find(ask.keyId()).mapEmpty();
  }

  private Future<Frozen> frozen(FreezeScope scope, List<KeyRow> keys, FreezeKeys ask, Instant now) {
    int revoked = 0;
    for (var key : keys) {
      revoked += leases.drop(key.id());
      changes.committed(key, "frozen", null, now);
    }
    int dropped = revoked;
    var since = ask.since() == null ? now.minus(RECENT) : ask.since();
    var shown = infos(keys);
    return store
        .leases(new ListLeases(ids(keys), since, null, null))
        .map(page -> new Frozen(scope.text(), shown, dropped, since, page));
  }

  Future<Thawed> thaw(ThawKeys ask) {
    Plain.noKeyIn(ask.keyId(), ask.by());
    var scope = scope(ask.keyId(), ask.provider());
    return store
        .thaw(scope, stored -> entries(Action.KEY_THAW, scope, stored, ask.by(), null))
        .map(
            thawed ->
                thawed.orElseThrow(
                    () -> Failure.notFound("this is not frozen; look at what is, then name it")))
        .compose(stored -> freezes.load().map(loaded -> all(scope, stored)))
        .map(
            keys -> {
              keys.forEach(key -> changes.committed(key, "thawed", null, clock.instant()));
              return new Thawed(scope.text(), infos(keys));
            });
  }

  Future<FreezeList> list(ShowFreezes ask) {
    return store.all().map(FreezeList::new);
  }

  Future<LeasePage> leases(ListLeases ask) {
    return store.leases(ask);
  }

  private static FreezeScope scope(String keyId, String provider) {
    if (keyId != null) {
      return FreezeScope.ofKey(keyId);
    }
    return provider == null ? FreezeScope.ALL : FreezeScope.ofProvider(provider);
  }

  /** One row for each key; one for the scope itself if it has no key yet. */
  private List<AuditEntry> entries(
      Action action, FreezeScope scope, List<KeyRow> stored, String by, String reason) {
    var now = clock.instant();
    var keys = all(scope, stored);
    var detail = AuditDetail.NONE.with(Field.NAME, scope.text()).with(Field.REASON, reason);
    return keys.isEmpty()
        ? List.of(AuditEntry.ok(now, by, action, scope.text(), detail))
        : keys.stream()
            .map(
                key ->
                    AuditEntry.ok(
                        now,
                        by,
                        action,
                        key.id(),
                        KeyViews.detail(key)
                            .with(Field.NAME, scope.text())
                            .with(Field.REASON, reason)))
            .toList();
  }

  private List<KeyRow> all(FreezeScope scope, List<KeyRow> stored) {
    return Stream.concat(
            environment.list().stream().filter(key -> scope.covers(key.provider(), key.id())),
            stored.stream())
        .toList();
  }

  private List<KeyInfo> infos(List<KeyRow> keys) {
    var now = clock.instant();
    return keys.stream().map(key -> KeyViews.info(key, now)).toList();
  }

  private static List<String> ids(List<KeyRow> keys) {
    return keys.stream().map(KeyRow::id).limit(MOST_KEYS).toList();
  }
}
