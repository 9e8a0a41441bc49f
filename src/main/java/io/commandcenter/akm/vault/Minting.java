package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyPurpose;
import io.commandcenter.akm.core.keys.RotationEvent;
import io.commandcenter.akm.provider.Minter;
import io.commandcenter.akm.provider.Minter.Minted;
import io.commandcenter.akm.provider.Minter.Place;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.store.MintedKeys;
import io.commandcenter.akm.store.RotationRow;
import io.commandcenter.akm.vault.RotationStart.Incoming;
import io.commandcenter.akm.vault.RotationStart.Wish;
import io.commandcenter.akm.vault.SealedKeys.Origin;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotations for which no person is needed: the new key is made at the provider with a sealed admin
 * key, and the old one is revoked there after it is erased here.
 */
final class Minting {
  private static final Logger log = LoggerFactory.getLogger(Minting.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final RoutingConfig routing;
  private final Minter minter;
  private final KeyStore keys;
  private final MintedKeys minted;
  private final AuditStore audit;
  private final Custody custody;
  private final RunningRotations running;
  private final RotationStart start;
  private final RotationSteps steps;
  private final Notices notices;
  private final Clock clock;
  private final SecureRandom random;

  Minting(VaultTools tools, RotationStart start, RotationSteps steps) {
    routing = tools.setup().routing();
    minter = tools.setup().minter();
    keys = tools.keys();
    minted = new MintedKeys(tools.setup().database(), tools.audit());
    audit = tools.audit();
    custody = tools.custody();
    running = tools.running();
    this.start = start;
    this.steps = steps;
    notices = tools.notices();
    clock = tools.clock();
    random = tools.random();
  }

  /** Whether new keys of this provider can be made without a person. */
  boolean makes(String provider) {
    return place(provider).filter(minter::makes).isPresent();
  }

  private Optional<RoutingConfig.Minter> config(String provider) {
    return Optional.ofNullable(routing.providers().get(provider))
        .map(RoutingConfig.Provider::minter);
  }

  private Optional<Place> place(String provider) {
    return config(provider)
        .map(config -> new Place(config.kind(), config.endpoint(), config.project()));
  }

  /** The rotation after its new key was made and checked. */
  Future<RotationRow> rotate(KeyRow key, String rotationId, String by) {
    if (!makes(key.provider())) {
      throw new Failure(
          Code.CONFLICT,
          "no minter makes keys of this provider; enter a new one on the one-time page, or set"
              + " `minter` in routing.json");
    }
    var id = rotationId == null ? RandomId.of("rot_", random) : rotationId;
    var origin = new Origin(by, null, null);
    return start
        .expect(key, id, clock.instant().plus(PATIENCE), origin)
        .compose(row -> goOn(key, row));
  }

  /** For a rotation that waits for its minter, also after a restart. */
  Future<RotationRow> goOn(KeyRow key, RotationRow row) {
    // The rotation's id names the key at the provider, so that one left over by a crash is found.
    return withAdmin(key.provider(), admin -> minter.make(place(key), admin, "akm-" + row.id()))
        .compose(made -> begin(key, row, made))
        .recover(cause -> notMade(key, row, cause));
  }

  private Place place(KeyRow key) {
    return place(key.provider()).orElseThrow();
  }

  private Future<RotationRow> begin(KeyRow key, RotationRow row, Minted made) {
    var origin = new Origin(row.principal(), null, null);
    return start
        .begin(key, new Wish(row.id(), null, null), new Incoming(made.secret(), made.id(), origin))
        .onComplete(done -> made.secret().close())
        .recover(
            cause ->
                // It was made for nothing.
                withAdmin(key.provider(), admin -> minter.revoke(place(key), admin, made.id()))
                    .otherwiseEmpty()
                    .compose(v -> Future.failedFuture(cause)));
  }

  private Future<RotationRow> notMade(KeyRow key, RotationRow row, Throwable cause) {
    log.warn(
        "no new key of {} could be made: {}",
        key.provider(),
        cause instanceof Failure failure ? failure.detail() : cause.getClass().getName());
    var detail = KeyViews.detail(key).with(Field.ROTATION, row.id());
    notices.raise("rotation-not-minted", row.id(), row.id() + "/not-minted", detail);
    return running
        .of(key.id())
        .filter(live -> live.row().id().equals(row.id()))
        .map(live -> steps.step(live, new RotationEvent.Cancelled("not-minted"), "akm"))
        .orElseGet(() -> Future.failedFuture(cause));
  }

  /** Lends the provider's admin key to one call; the audit row comes first. */
  private <T> Future<T> withAdmin(String provider, Function<Secret, Future<T>> call) {
    var label = config(provider).orElseThrow().adminKey();
    return keys.findLabel(provider, label)
        .map(
            found ->
                found
                    .filter(key -> key.about().purpose() == KeyPurpose.MINTING)
                    .orElseThrow(() -> noAdmin()))
        .compose(
            admin -> {
              KeyViews.refuseUnlessActive(admin, clock.instant());
              return keys.version(admin.id(), admin.version())
                  .map(version -> custody.open(admin, version.orElseThrow(Minting::noAdmin)))
                  .compose(
                      secret ->
                          audit
                              .append(lent(admin))
                              .compose(noted -> call.apply(secret))
                              .onComplete(done -> secret.close()));
            });
  }

  private AuditEntry lent(KeyRow admin) {
    var detail = KeyViews.detail(admin).with(Field.REASON, "mint");
    return AuditEntry.ok(clock.instant(), "akm", Action.KEY_LEASE, admin.id(), detail);
  }

  private static Failure noAdmin() {
    return new Failure(
        Code.CONFLICT,
        "the provider's `minter` names no sealed key of purpose minting; add one under that label");
  }

  /** Ends at the provider what was erased here; what cannot be reached now is tried again. */
  Future<Void> revokeRetired() {
    return minted
        .retired()
        .compose(
            all ->
                Future.join(
                    all.stream()
                        .filter(one -> config(one.provider()).isPresent())
                        .map(this::revoke)
                        .toList()))
        .mapEmpty();
  }

  private Future<Void> revoke(MintedKeys.Minted one) {
    var place = place(one.provider()).orElseThrow();
    var detail =
        AuditDetail.NONE
            .with(Field.PROVIDER, one.provider())
            .with(Field.VERSION, one.version())
            .with(Field.NAME, one.mintedId())
            .with(Field.REASON, "revoked-at-provider");
    return withAdmin(one.provider(), admin -> minter.revoke(place, admin, one.mintedId()))
        .compose(
            gone ->
                minted.revoked(
                    one,
                    AuditEntry.ok(
                        clock.instant(), "akm", Action.ROTATION_CHANGE, one.keyId(), detail)))
        .recover(
            cause -> {
              log.warn("a retired key of {} could not be revoked there yet", one.provider());
              return Future.succeededFuture();
            });
  }
}
