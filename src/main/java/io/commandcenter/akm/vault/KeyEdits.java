package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.KeyCalls.UpdateKey;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.keys.KeyAbout;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.KeyLifeStore;
import io.commandcenter.akm.store.KeyRow;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Changes what people say of a key; its secret, state and history stay. */
final class KeyEdits {
  private final KeyLifeStore store;
  private final KeyLife life;
  private final KeyChanges changes;
  private final Clock clock;

  KeyEdits(VaultTools tools) {
    store = tools.lives();
    life = tools.life();
    changes = tools.changes();
    clock = tools.clock();
  }

  Future<KeyInfo> update(UpdateKey ask) {
    Plain.noKeyIn(ask.label(), ask.owner(), ask.by());
    if (ask.tags() != null) {
      Plain.noKeyIn(ask.tags().toArray(String[]::new));
    }
    if (EnvironmentKeys.holds(ask.keyId())) {
      throw EnvironmentKeys.livesElsewhere();
    }
    if (EnvironmentKeys.LABEL.equals(ask.label())) {
      throw Failure.badRequest("this label is kept for keys of the environment; take another");
    }
    return life.find(ask.keyId()).compose(key -> update(key, ask));
  }

  private Future<KeyInfo> update(KeyRow key, UpdateKey ask) {
    var now = clock.instant();
    refuse(key, ask, now);
    var after = after(key, ask);
    var detail =
        detail(key, after)
            .with(Field.LABEL, after.label())
            .with(Field.VERSION, key.version())
            .with(Field.PROVIDER, key.provider());
    var entry = AuditEntry.ok(now, ask.by(), Action.KEY_UPDATE, key.id(), detail);
    return store.update(key, after, entry).map(outcome -> done(outcome, after));
  }

  private static void refuse(KeyRow key, UpdateKey ask, Instant now) {
    if (key.state() == KeyState.REVOKED) {
      throw new Failure(Code.CONFLICT, "the key was deleted; its record stays as it is");
    }
    if (ask.expiresAt() != null && !ask.expiresAt().isAfter(now)) {
      throw Failure.badRequest("`expires_at` must be in the future; to end a key now, disable it");
    }
    var moved = ask.expiresAt() != null || ask.clear().contains("expires_at");
    if (moved && key.state().at(now, key.expiresAt()) == KeyState.EXPIRED) {
      throw new Failure(Code.CONFLICT, "the key has expired; rotate it instead");
    }
  }

  private static KeyRow after(KeyRow key, UpdateKey ask) {
    var about = key.about();
    var clear = ask.clear();
    return new KeyRow(
        key.id(),
        key.provider(),
        given(ask.label(), key.label()),
        key.state(),
        key.version(),
        given(ask.weight(), key.weight()),
        key.masked(),
        key.fingerprint(),
        key.envVar(),
        new KeyAbout(
            about.purpose(),
            clear.contains("owner") ? null : given(ask.owner(), about.owner()),
            clear.contains("tags") ? List.of() : given(ask.tags(), about.tags()),
            clear.contains("max_age_days") ? null : given(ask.maxAgeDays(), about.maxAgeDays())),
        key.createdAt(),
        key.rotatedAt(),
        clear.contains("expires_at") ? null : given(ask.expiresAt(), key.expiresAt()),
        key.coolingUntil(),
        key.lastUsedAt(),
        key.lastValidatedAt(),
        key.frozen());
  }

  private static <T> T given(T asked, T before) {
    return asked == null ? before : asked;
  }

  /** The names of what has changed; the values are in the key's record. */
  private static AuditDetail detail(KeyRow before, KeyRow after) {
    var changed = new ArrayList<String>();
    note(changed, "label", before.label(), after.label());
    note(changed, "weight", before.weight(), after.weight());
    note(changed, "expires_at", before.expiresAt(), after.expiresAt());
    note(changed, "tags", before.about().tags(), after.about().tags());
    note(changed, "owner", before.about().owner(), after.about().owner());
    note(changed, "max_age_days", before.about().maxAgeDays(), after.about().maxAgeDays());
    return AuditDetail.NONE.with(
        Field.CHANGED, changed.isEmpty() ? "nothing" : String.join(":", changed));
  }

  private static void note(List<String> changed, String name, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      changed.add(name);
    }
  }

  private KeyInfo done(KeyLifeStore.Update outcome, KeyRow after) {
    return switch (outcome) {
      case LABEL_TAKEN ->
          throw new Failure(
              Code.CONFLICT, "the provider has another key of this label; take another label");
      case CHANGED_MEANWHILE -> throw KeyViews.changedMeanwhile();
      case DONE -> {
        var now = clock.instant();
        changes.said(after, "updated", now);
        yield KeyViews.info(after, now);
      }
    };
  }
}
