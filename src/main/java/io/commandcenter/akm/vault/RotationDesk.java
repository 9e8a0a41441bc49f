package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts.AttemptEnded;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.LeaseCalls.ReportRejection;
import io.commandcenter.akm.contract.RotationCalls.ChangeRotation;
import io.commandcenter.akm.contract.RotationCalls.FindRotation;
import io.commandcenter.akm.contract.RotationCalls.ListRotations;
import io.commandcenter.akm.contract.RotationCalls.MintRotation;
import io.commandcenter.akm.contract.RotationCalls.RotationInfo;
import io.commandcenter.akm.contract.RotationCalls.RotationList;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.RotationEvent;
import io.commandcenter.akm.core.keys.RotationState;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.store.RotationRow;
import io.commandcenter.akm.store.RotationStore;
import io.commandcenter.akm.vault.RotationStart.Incoming;
import io.commandcenter.akm.vault.RotationStart.Wish;
import io.commandcenter.akm.vault.RunningRotations.Live;
import io.commandcenter.akm.vault.SealedKeys.Origin;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers for rotations, and hears what requests say of them. */
final class RotationDesk {
  private final RotationStore store;
  private final KeyStore keys;
  private final SealedKeys sealed;
  private final RunningRotations running;
  private final RotationSteps steps;
  private final RotationStart start;
  private final Minting minting;
  private final RotationRounds rounds;
  private final Clock clock;

  RotationDesk(VaultTools tools) {
    store = tools.rotations();
    keys = tools.keys();
    sealed = tools.sealedKeys();
    running = tools.running();
    steps = new RotationSteps(tools);
    var check = new RotationCheck(tools, steps);
    start = new RotationStart(tools, steps, check);
    minting = new Minting(tools, start, steps);
    rounds = new RotationRounds(tools, steps, check, minting);
    clock = tools.clock();
  }

  RotationRounds rounds() {
    return rounds;
  }

  /** Begins a rotation with the secret and answers how it stands after the provider's check. */
  Future<RotationInfo> rotate(
      String provider, String label, Secret entered, Wish wish, Origin origin) {
    Plain.noKeyIn(provider, label, wish.id(), origin.by());
    var secret = KeyText.checked(entered);
    return sealed
        .labelled(provider, label)
        .compose(key -> start.begin(key, wish, new Incoming(secret, null, origin)))
        .eventually(
            () -> {
              secret.close();
              return Future.succeededFuture();
            })
        .compose(this::info);
  }

  /** Begins a rotation whose new key the provider's minter makes. */
  Future<RotationInfo> mint(MintRotation ask) {
    Plain.noKeyIn(ask.rotationId(), ask.by());
    return keys.find(ask.keyId())
        .map(found -> found.orElseThrow(KeyViews::unknown))
        .compose(key -> minting.rotate(key, ask.rotationId(), ask.by()))
        .compose(this::info);
  }

  /** The rotation of a one-time page bears the page's own name. */
  static String idOf(String entryId) {
    return entryId.replaceFirst("^entry_", "rot_");
  }

  /** Fails early, before a person is asked for a key that could not be taken. */
  Future<Void> mayEnter(String provider, String label) {
    return sealed.labelled(provider, label).compose(key -> start.vacate(key.id(), null));
  }

  /** A person was asked for the next version, on a page that is open until then. */
  Future<RotationInfo> expect(String provider, String label, Instant until, Origin origin) {
    return sealed
        .labelled(provider, label)
        .compose(key -> start.expect(key, idOf(origin.entryId()), until, origin))
        .compose(this::info);
  }

  /**
   * A person entered the next version on a page.
   *
   * @param graceSeconds and canaryPercent null for the default
   */
  Future<KeyInfo> entered(
      String provider,
      String label,
      Secret secret,
      Long graceSeconds,
      Integer canaryPercent,
      Origin origin) {
    var wish = new Wish(idOf(origin.entryId()), graceSeconds, canaryPercent);
    return rotate(provider, label, secret, wish, origin)
        .compose(
            info -> {
              if (info.state().equals(RotationState.ROLLED_BACK.slug())) {
                throw new Failure(
                    Code.CONFLICT,
                    "the provider does not take this key ("
                        + info.reason()
                        + "); the old one stays in use, ask for a new page");
              }
              return keys.find(info.keyId());
            })
        .map(
            found ->
                running.named(
                    KeyViews.info(found.orElseThrow(KeyViews::unknown), clock.instant())));
  }

  Future<RotationInfo> status(FindRotation ask) {
    var found =
        ask.rotationId() == null
            ? store.list(ask.keyId(), 1).map(rows -> rows.stream().findFirst())
            : store.find(ask.rotationId());
    return found.map(row -> row.orElseThrow(RotationDesk::unknown)).compose(this::info);
  }

  Future<RotationList> list(ListRotations ask) {
    return store
        .list(ask.keyId(), ask.limit())
        .compose(
            rows ->
                keys.list()
                    .map(
                        all -> {
                          var byId =
                              all.stream()
                                  .collect(Collectors.toMap(KeyRow::id, Function.identity()));
                          return new RotationList(
                              rows.stream().map(row -> info(byId.get(row.keyId()), row)).toList());
                        }));
  }

  Future<RotationInfo> cancel(ChangeRotation ask) {
    return byHand(
        ask,
        new RotationEvent.Cancelled("by-hand"),
        "the old version was refused by its provider, so there is no way back");
  }

  Future<RotationInfo> advance(ChangeRotation ask) {
    return byHand(
        ask, new RotationEvent.Advanced(), "its key has not come yet, so there is nothing to take");
  }

  private Future<RotationInfo> byHand(ChangeRotation ask, RotationEvent event, String why) {
    Plain.noKeyIn(ask.by());
    return store
        .find(ask.rotationId())
        .map(found -> found.orElseThrow(RotationDesk::unknown))
        .compose(
            row -> {
              var live = running.of(row.keyId()).filter(one -> isOf(one, row)).orElse(null);
              if (live == null) {
                throw new Failure(
                    Code.CONFLICT, "the rotation has ended: it is " + row.state().slug());
              }
              var before = live.row().state();
              return steps
                  .step(live, event, ask.by())
                  .map(
                      after -> {
                        if (after.state() == before) {
                          throw new Failure(Code.CONFLICT, why);
                        }
                        return after;
                      });
            })
        .compose(this::info);
  }

  private static boolean isOf(Live live, RotationRow row) {
    return live.row().id().equals(row.id());
  }

  /** True if the refusal concerns a rotation only, so that the key itself stays as it is. */
  Future<Boolean> refused(ReportRejection report) {
    var live = running.of(report.keyId()).orElse(null);
    if (live == null) {
      return Future.succeededFuture(false);
    }
    return steps
        .step(live, new RotationEvent.Refused(report.version(), report.reason()), report.by())
        .map(
            after ->
                // Refused in the trial, or already taken back by a report before this one.
                after.state() == RotationState.ROLLED_BACK
                    || after.rotation().current() != report.version());
  }

  void heard(AttemptEnded attempt) {
    running
        .tried(attempt)
        .ifPresent(
            live ->
                RotationRounds.quietly(
                    steps.step(live, new RotationEvent.Answered(attempt.keyVersion()), "akm")));
  }

  private Future<RotationInfo> info(RotationRow row) {
    return keys.find(row.keyId()).map(key -> info(key.orElseThrow(KeyViews::unknown), row));
  }

  private RotationInfo info(KeyRow key, RotationRow stored) {
    // What is in memory has counted the trial.
    var row = running.of(key.id()).filter(one -> isOf(one, stored)).map(Live::row).orElse(stored);
    var rotation = row.rotation();
    return new RotationInfo(
        row.id(),
        key.id(),
        key.provider(),
        key.label(),
        row.state().slug(),
        key.state().at(clock.instant(), key.expiresAt()).slug(),
        row.after() == null ? null : row.after().masked(),
        key.version(),
        rotation.from(),
        rotation.to(),
        rotation.terms().canaryPercent(),
        rotation.answered(),
        rotation.terms().canaryRequests(),
        rotation.verdict(),
        rotation.reason(),
        row.principal(),
        row.startedAt(),
        row.changedAt(),
        rotation.dueAt());
  }

  private static Failure unknown() {
    return Failure.notFound("no rotation has this id; list the rotations, then name one");
  }
}
