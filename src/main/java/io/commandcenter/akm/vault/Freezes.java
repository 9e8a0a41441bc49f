package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.PanicCalls.FreezeInfo;
import io.commandcenter.akm.core.keys.FreezeScope;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.FreezeStore;
import io.commandcenter.akm.store.KeyRow;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is frozen, as this node knows it: for keys that stand in no table. Whether one may be lent
 * is asked of the table itself.
 */
final class Freezes {
  private static final Logger log = LoggerFactory.getLogger(Freezes.class);
  private static final Set<String> CHANGES = Set.of("frozen", "thawed");

  private final FreezeStore store;
  private volatile List<FreezeScope> scopes = List.of();

  Freezes(FreezeStore store) {
    this.store = store;
  }

  Future<List<FreezeInfo>> load() {
    return store
        .all()
        .onSuccess(
            all -> scopes = all.stream().map(each -> new FreezeScope(each.scope())).toList());
  }

  /** Another node may have frozen or thawed. */
  void heard(Facts.KeyChanged change) {
    if (CHANGES.contains(change.change())) {
      load().onFailure(cause -> log.error("what is frozen could not be read", cause));
    }
  }

  /** The key with what lies over it. */
  KeyRow over(KeyRow key) {
    return key.frozen(scopes.stream().anyMatch(each -> each.covers(key.provider(), key.id())));
  }

  /** Notes the release of a key that no table holds; false if it is frozen. */
  Future<Boolean> release(KeyRow key, AuditEntry entry) {
    return store.release(key, entry);
  }
}
