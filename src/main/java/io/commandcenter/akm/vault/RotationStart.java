package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.core.keys.Rotation;
import io.commandcenter.akm.core.keys.Rotation.Terms;
import io.commandcenter.akm.core.keys.RotationEvent;
import io.commandcenter.akm.core.keys.RotationState;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.store.KeyVersion;
import io.commandcenter.akm.store.RotationRow;
import io.commandcenter.akm.store.RotationRow.Face;
import io.commandcenter.akm.store.RotationStore;
import io.commandcenter.akm.vault.RunningRotations.Live;
import io.commandcenter.akm.vault.SealedKeys.Origin;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins rotations: waits for a secret, or seals one in and has it checked. */
final class RotationStart {
  private static final Logger log = LoggerFactory.getLogger(RotationStart.class);

  private final RotationStore store;
  private final KeyStore keys;
  private final Custody custody;
  private final RunningRotations running;
  private final RotationSteps steps;
  private final RotationCheck check;
  private final KeyChanges changes;
  private final ServerConfig.Vault config;
  private final Clock clock;
  private final SecureRandom random;

  RotationStart(VaultTools tools, RotationSteps steps, RotationCheck check) {
    store = tools.rotations();
    keys = tools.keys();
    custody = tools.custody();
    running = tools.running();
    this.steps = steps;
    this.check = check;
    changes = tools.changes();
    config = tools.setup().config().vault();
    clock = tools.clock();
    random = tools.random();
  }

  /**
   * What a caller wants of a rotation; null for the default.
   *
   * @param id names it, so that a repeated call begins no second one
   */
  record Wish(String id, Long graceSeconds, Integer canaryPercent) {
    static final Wish DEFAULT = new Wish(null, null, null);
  }

  /**
   * A new secret.
   *
   * @param mintedId the provider's name of it, or null if a person made it
   */
  record Incoming(Secret secret, String mintedId, Origin origin) {}

  /** Waits for a secret, in the place of what waited before. */
  Future<RotationRow> expect(KeyRow key, String id, Instant until, Origin origin) {
    return vacate(key.id(), id)
        .compose(
            vacant -> {
              var now = clock.instant();
              var rotation = Rotation.waiting(key.version(), terms(Wish.DEFAULT), until);
              var row =
                  new RotationRow(
                      id, key.id(), rotation, null, null, origin.entryId(), origin.by(), now, now);
              var entry = RotationSteps.entry(Action.ROTATION_BEGIN, key, row, origin.by());
              return store
                  .expect(row, entry)
                  .compose(done -> done ? begun(row, key, null) : taken());
            });
  }

  /** Fails if a rotation of the key is past its waiting. */
  Future<Void> vacate(String keyId, String id) {
    var live = running.of(keyId).orElse(null);
    if (live == null || live.row().id().equals(id)) {
      return Future.succeededFuture();
    }
    if (live.row().state() != RotationState.WAITING) {
      return Future.failedFuture(
          new Failure(
              Code.CONFLICT,
              "a rotation of this key runs already: "
                  + live.row().id()
                  + "; let it end, advance it or cancel it"));
    }
    return steps.step(live, new RotationEvent.Cancelled("superseded"), "akm").mapEmpty();
  }

  /** The rotation after the new secret was checked; the same one again for the same secret. */
  Future<RotationRow> begin(KeyRow key, Wish wish, Incoming incoming) {
    var id = wish.id() == null ? RandomId.of("rot_", random) : wish.id();
    var fingerprint = custody.fingerprint(incoming.secret());
    return store
        .find(id)
        .compose(
            found -> {
              var known = found.orElse(null);
              if (known == null || known.state() == RotationState.WAITING && isOf(key, known)) {
                return vacate(key.id(), id)
                    .compose(vacant -> seal(key, id, known, wish, incoming, fingerprint));
              }
              boolean same =
                  isOf(key, known)
                      && known.after() != null
                      && known.after().fingerprint().equals(fingerprint);
              return same ? Future.succeededFuture(known) : used();
            });
  }

  private static boolean isOf(KeyRow key, RotationRow row) {
    return row.keyId().equals(key.id());
  }

  private Future<RotationRow> seal(
      KeyRow key,
      String id,
      RotationRow waiting,
      Wish wish,
      Incoming incoming,
      String fingerprint) {
    if (fingerprint.equals(key.fingerprint())) {
      throw new Failure(
          Code.CONFLICT, "this is the key that is in use already; make a new one at the provider");
    }
    return keys.version(key.id(), key.version())
        .map(version -> version.map(KeyVersion::state).orElseThrow(KeyViews::changedMeanwhile))
        .compose(
            current ->
                store
                    .nextVersion(key.id())
                    .compose(
                        version -> {
                          var row = row(key, id, waiting, wish, incoming, version, current);
                          var candidate =
                              custody
                                  .seal(key.id(), key.provider(), version, incoming.secret())
                                  .in(KeyState.CANDIDATE);
                          var by = incoming.origin().by();
                          var entry =
                              RotationSteps.entry(
                                  waiting == null ? Action.ROTATION_BEGIN : Action.ROTATION_CHANGE,
                                  key,
                                  row,
                                  by);
                          return store
                              .begin(row, waiting != null, candidate, incoming.mintedId(), entry)
                              .compose(
                                  done ->
                                      done
                                          ? begun(row, key, incoming.origin().entryId())
                                          : taken());
                        }))
        .compose(
            begun ->
                check
                    .check(live(begun), incoming.origin().by())
                    .recover(cause -> goesOn(begun, cause)));
  }

  /** It has begun, durably: what could not be done now is done by the next round. */
  private static Future<RotationRow> goesOn(RotationRow begun, Throwable cause) {
    log.warn("rotation {} could not go on yet: {}", begun.id(), cause.getMessage());
    return Future.succeededFuture(begun);
  }

  private Live live(RotationRow row) {
    return running.of(row.keyId()).orElseThrow(KeyViews::changedMeanwhile);
  }

  private RotationRow row(
      KeyRow key,
      String id,
      RotationRow waiting,
      Wish wish,
      Incoming incoming,
      int version,
      KeyState current) {
    var now = clock.instant();
    var origin = incoming.origin();
    var state = key.state().at(now, key.expiresAt());
    boolean spare = current != KeyState.DISABLED && state != KeyState.EXPIRED;
    var rotation =
        Rotation.waiting(key.version(), terms(wish), null)
            .on(new RotationEvent.Entered(version, spare), now);
    var face =
        new Face(
            KeyText.masked(incoming.secret()),
            custody.fingerprint(incoming.secret()),
            origin.envVar(),
            null,
            null);
    return new RotationRow(
        id,
        key.id(),
        rotation,
        Face.of(key),
        face,
        origin.entryId(),
        waiting == null ? origin.by() : waiting.principal(),
        waiting == null ? now : waiting.startedAt(),
        now);
  }

  private Terms terms(Wish wish) {
    return new Terms(
        wish.canaryPercent() == null ? config.canaryPercent() : wish.canaryPercent(),
        config.canaryRequests(),
        config.canaryTime(),
        wish.graceSeconds() == null
            ? config.rotationGrace()
            : Duration.ofSeconds(wish.graceSeconds()));
  }

  private Future<RotationRow> begun(RotationRow row, KeyRow key, String entryId) {
    running.of(row.keyId()).ifPresent(running::ended);
    running.add(row);
    changes.rotating(key, entryId, row.changedAt());
    return Future.succeededFuture(row);
  }

  private static Future<RotationRow> used() {
    return Future.failedFuture(
        new Failure(
            Code.CONFLICT,
            "this rotation_id was used for another key or secret; read that rotation, or take"
                + " another id"));
  }

  private static Future<RotationRow> taken() {
    return Future.failedFuture(KeyViews.changedMeanwhile());
  }
}
