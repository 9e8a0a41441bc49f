package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.EntryLink;
import io.commandcenter.akm.contract.EntryCalls.EntryView;
import io.commandcenter.akm.contract.EntryCalls.ShowEntry;
import io.commandcenter.akm.contract.EntryCalls.SubmitEntry;
import io.commandcenter.akm.contract.RotationCalls.RotationInfo;
import io.commandcenter.akm.contract.VaultCalls.AddFromEnvironment;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.RotateFromEnvironment;
import io.commandcenter.akm.contract.VaultCalls.RotateKey;
import io.commandcenter.akm.contract.VaultCalls.SealKey;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyAbout;
import io.commandcenter.akm.core.keys.KeyPurpose;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.vault.RotationStart.Wish;
import io.commandcenter.akm.vault.SealedKeys.NewKey;
import io.commandcenter.akm.vault.SealedKeys.Origin;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;

/** The three ways in for a secret: a call of this process, a variable, a page a person fills in. */
final class Intake {
  private final SealedKeys keys;
  private final EntryDesk entries;
  private final Providers providers;
  private final AuditStore audit;
  private final Environment environment;
  private final RotationDesk rotations;
  private final PublicUrl publicUrl;
  private final Clock clock;

  Intake(VaultTools tools, RotationDesk rotations) {
    this.rotations = rotations;
    keys = tools.sealedKeys();
    entries = new EntryDesk(tools.setup().config().vault().entryTtl(), tools.random());
    providers = tools.providers();
    audit = tools.audit();
    environment = tools.environment();
    publicUrl = tools.setup().publicUrl();
    clock = tools.clock();
  }

  Future<KeyInfo> seal(SealKey ask) {
    var about = about(ask.owner(), ask.tags(), ask.maxAgeDays());
    var asked = new NewKey(ask.provider(), ask.label(), ask.weight(), ask.expiresAt(), about);
    return keys.add(asked, ask.secret(), new Origin(ask.by(), null, null));
  }

  Future<KeyInfo> addFromEnvironment(AddFromEnvironment ask) {
    // First the provider: a wrong name must not depend on what the environment holds.
    providers.endpoint(ask.provider());
    var about = about(ask.owner(), ask.tags(), ask.maxAgeDays());
    var asked = new NewKey(ask.provider(), ask.label(), ask.weight(), ask.expiresAt(), about);
    try (var secret = environment.required(ask.envVar())) {
      return keys.add(asked, secret, new Origin(ask.by(), ask.envVar(), null));
    }
  }

  private static KeyAbout about(String owner, List<String> tags, Integer maxAgeDays) {
    Plain.noKeyIn(owner);
    Plain.noKeyIn(tags.toArray(String[]::new));
    return new KeyAbout(KeyPurpose.INFERENCE, owner, tags, maxAgeDays);
  }

  Future<RotationInfo> rotate(RotateKey ask) {
    providers.endpoint(ask.provider());
    var wish = new Wish(ask.rotationId(), ask.graceSeconds(), ask.canaryPercent());
    var origin = new Origin(ask.by(), null, null);
    return rotations.rotate(ask.provider(), ask.label(), ask.secret(), wish, origin);
  }

  Future<RotationInfo> rotateFromEnvironment(RotateFromEnvironment ask) {
    providers.endpoint(ask.provider());
    var wish = new Wish(ask.rotationId(), ask.graceSeconds(), ask.canaryPercent());
    var origin = new Origin(ask.by(), ask.envVar(), null);
    try (var secret = environment.required(ask.envVar())) {
      return rotations.rotate(ask.provider(), ask.label(), secret, wish, origin);
    }
  }

  Future<EntryLink> beginEntry(BeginEntry ask) {
    Plain.noKeyIn(ask.provider(), ask.label(), ask.by());
    providers.endpoint(ask.provider());
    return mayEnter(ask)
        .compose(
            free -> {
              var opened = entries.open(ask, clock.instant());
              return audit
                  .append(begun(opened.entry()))
                  .compose(noted -> expect(opened.entry()))
                  .onFailure(cause -> entries.close(opened.entry()))
                  .map(expected -> link(opened));
            });
  }

  /** Fails early, before a person is asked for a key that could not be taken. */
  private Future<Void> mayEnter(BeginEntry ask) {
    return isRotation(ask)
        ? rotations.mayEnter(ask.provider(), ask.label())
        : keys.mayAdd(ask.provider(), ask.label());
  }

  private Future<?> expect(EntryDesk.Entry entry) {
    var ask = entry.ask();
    var origin = new Origin(ask.by(), null, entry.id());
    return isRotation(ask)
        ? rotations.expect(ask.provider(), ask.label(), entry.expiresAt(), origin)
        : Future.succeededFuture();
  }

  private static boolean isRotation(BeginEntry ask) {
    return "rotate".equals(ask.purpose());
  }

  private AuditEntry begun(EntryDesk.Entry entry) {
    var ask = entry.ask();
    var detail =
        AuditDetail.NONE
            .with(Field.PROVIDER, ask.provider())
            .with(Field.LABEL, ask.label())
            .with(Field.REASON, ask.purpose());
    return AuditEntry.ok(clock.instant(), ask.by(), Action.ENTRY_BEGIN, entry.id(), detail);
  }

  private EntryLink link(EntryDesk.Opened opened) {
    var entry = opened.entry();
    return new EntryLink(
        entry.id(),
        publicUrl.of("/entry/" + opened.token()),
        entry.ask().provider(),
        entry.ask().label(),
        entry.expiresAt());
  }

  Future<EntryView> showEntry(ShowEntry ask) {
    var entry = entries.look(ask.token(), clock.instant());
    return Future.succeededFuture(
        new EntryView(
            entry.ask().purpose(),
            entry.ask().provider(),
            entry.ask().label(),
            entry.ask().by(),
            entry.expiresAt()));
  }

  /** A key that cannot be one leaves the page open; a page that sealed one is closed for good. */
  Future<KeyInfo> submitEntry(SubmitEntry ask) {
    entries.look(ask.token(), clock.instant());
    var secret = KeyText.checked(ask.secret());
    var entry = entries.take(ask.token(), clock.instant());
    return Future.succeededFuture(entry)
        .compose(taken -> sealEntered(taken, secret))
        .onFailure(cause -> entries.giveBack(entry))
        .onComplete(done -> secret.close());
  }

  private Future<KeyInfo> sealEntered(EntryDesk.Entry entry, Secret secret) {
    var ask = entry.ask();
    var origin = new Origin(ask.by(), null, entry.id());
    return isRotation(ask)
        ? rotations.entered(ask.provider(), ask.label(), secret, origin)
        : keys.add(new NewKey(ask.provider(), ask.label(), 1, null, KeyAbout.NONE), secret, origin);
  }
}
