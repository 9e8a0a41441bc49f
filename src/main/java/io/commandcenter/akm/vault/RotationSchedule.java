package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.core.keys.KeyPurpose;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.core.keys.RotationAge;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.store.RotationStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for versions that are too old. A provider with a minter rotates by itself; else a person
 * hears of it, a week before and when it is due, once each.
 */
final class RotationSchedule {
  private static final Logger log = LoggerFactory.getLogger(RotationSchedule.class);

  /** A minter that failed is not asked again at once. */
  private static final Duration BETWEEN_TRIES = Duration.ofDays(1);

  private final RoutingConfig routing;
  private final KeyStore keys;
  private final RotationStore rotations;
  private final RunningRotations running;
  private final Notices notices;
  private final Minting minting;
  private final Clock clock;

  RotationSchedule(VaultTools tools, Minting minting) {
    routing = tools.setup().routing();
    keys = tools.keys();
    rotations = tools.rotations();
    running = tools.running();
    notices = tools.notices();
    this.minting = minting;
    clock = tools.clock();
  }

  /** Called every minute; never fails. */
  Future<Void> look() {
    return keys.list()
        .compose(
            all ->
                Future.join(
                    all.stream().filter(this::rotates).map(key -> quietly(look(key))).toList()))
        .compose(done -> minting.revokeRetired())
        .recover(
            cause -> {
              log.warn("the vault could not look for keys to rotate; it tries again", cause);
              return Future.succeededFuture();
            });
  }

  private boolean rotates(KeyRow key) {
    return key.state() == KeyState.ACTIVE
        && key.about().purpose() == KeyPurpose.INFERENCE
        && running.of(key.id()).isEmpty();
  }

  private Future<?> look(KeyRow key) {
    var days = days(key);
    if (days == null) {
      return Future.succeededFuture();
    }
    var since = key.rotatedAt() == null ? key.createdAt() : key.rotatedAt();
    var age = RotationAge.of(since, days, clock.instant());
    return switch (age) {
      case FRESH -> Future.succeededFuture();
      case SOON -> minting.makes(key.provider()) ? Future.succeededFuture() : tell(key, "soon");
      case DUE -> minting.makes(key.provider()) ? mint(key) : tell(key, "due");
    };
  }

  /** The key's own limit goes before its provider's; null for none. */
  private Integer days(KeyRow key) {
    var provider = routing.providers().get(key.provider());
    return key.about().maxAgeDays() != null
        ? key.about().maxAgeDays()
        : provider == null ? null : provider.rotateEveryDays();
  }

  private Future<?> tell(KeyRow key, String when) {
    var once = key.id() + "/" + key.version() + "/rotation-" + when;
    return notices.raise(
        "rotation-due", key.id(), once, KeyViews.detail(key).with(Field.REASON, when));
  }

  private Future<?> mint(KeyRow key) {
    var now = clock.instant();
    return rotations
        .list(key.id(), 1)
        .compose(
            last ->
                last.stream().anyMatch(row -> now.isBefore(row.startedAt().plus(BETWEEN_TRIES)))
                    ? Future.succeededFuture()
                    : minting.rotate(key, null, "akm"));
  }

  private static Future<Void> quietly(Future<?> work) {
    return work.<Void>mapEmpty()
        .recover(
            cause -> {
              log.warn("a key that is due could not be rotated; it is tried again", cause);
              return Future.succeededFuture();
            });
  }
}
