package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls.StoredEntry;
import io.commandcenter.akm.contract.EntryCalls.SubmitEntry;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyAbout;
import io.commandcenter.akm.core.keys.KeyPurpose;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.vault.EntryPage.Closed;
import io.commandcenter.akm.vault.SealedKeys.NewKey;
import io.commandcenter.akm.vault.SealedKeys.Origin;
import io.vertx.core.Future;
import java.time.Clock;

/** What a person entered, from the form to the seal: its form, who asked for it, its provider. */
final class EntrySubmission {
  private final SealedKeys keys;
  private final EntryDesk desk;
  private final EntryAudit notes;
  private final EnteredKey entered;
  private final Askers askers;
  private final AuditStore audit;
  private final RotationDesk rotations;
  private final Clock clock;

  EntrySubmission(
      VaultTools tools,
      RotationDesk rotations,
      EntryDesk desk,
      EntryAudit notes,
      EnteredKey entered) {
    this.rotations = rotations;
    keys = tools.sealedKeys();
    this.desk = desk;
    this.notes = notes;
    this.entered = entered;
    askers = new Askers(tools.setup().bus());
    audit = tools.audit();
    clock = tools.clock();
  }

  /** A key that is not stored leaves the page open; a page that sealed one is closed for good. */
  Future<StoredEntry> submit(SubmitEntry ask) {
    var page = desk.unlocked(ask.token(), ask.browser(), clock.instant());
    var secret = KeyText.checked(ask.secret());
    return desk.once(page, () -> take(page, secret, ask.anyway()))
        .onComplete(
            done -> {
              secret.close();
              ask.secret().close();
            });
  }

  private Future<StoredEntry> take(EntryPage page, Secret secret, boolean anyway) {
    if (!anyway) {
      entered.refuseOtherProviders(page.ask().provider(), secret);
    }
    return askers
        .inForce(page.ask().by())
        .compose(inForce -> inForce ? check(page, secret) : closed(page))
        .compose(
            verdict -> {
              desk.mustBeOpen(page);
              return seal(page, secret, verdict)
                  .map(key -> new StoredEntry(key, verdict.outcome(), verdict.detail()));
            });
  }

  private <T> Future<T> closed(EntryPage page) {
    desk.close(page, Closed.ASKER_REVOKED);
    return audit
        .append(notes.closed(page))
        .compose(
            noted ->
                Future.failedFuture(
                    new Failure(
                        Code.GONE,
                        "the token that asked for this page is not in force any more; ask for a"
                            + " new link")));
  }

  /** The provider's word on the key; a key that it does not take is not stored. */
  private Future<KeyVerdict> check(EntryPage page, Secret secret) {
    desk.checking(page);
    var fingerprint = entered.fingerprint(secret);
    return audit
        .append(notes.asked(page, fingerprint))
        .compose(noted -> entered.ask(page.ask().provider(), secret))
        .compose(
            verdict ->
                EnteredKey.isTaken(verdict)
                    ? Future.succeededFuture(verdict)
                    : audit
                        .append(notes.refused(page, fingerprint, verdict.outcome()))
                        .compose(noted -> Future.failedFuture(EnteredKey.refusal(verdict))));
  }

  private Future<KeyInfo> seal(EntryPage page, Secret secret, KeyVerdict verdict) {
    var ask = page.ask();
    var origin = new Origin(ask.by(), null, page.id());
    var terms = ask.terms();
    return EntryIntake.isRotation(ask)
        ? rotations.entered(
            ask.provider(),
            ask.label(),
            secret,
            terms.graceSeconds(),
            terms.canaryPercent(),
            origin)
        : keys.add(newKey(page), secret, origin).compose(key -> entered.noted(key, page, verdict));
  }

  private static NewKey newKey(EntryPage page) {
    var ask = page.ask();
    var terms = ask.terms();
    var purpose =
        terms.purpose() == null ? KeyPurpose.INFERENCE : KeyPurpose.ofSlug(terms.purpose());
    var about = new KeyAbout(purpose, terms.owner(), terms.tags(), terms.maxAgeDays());
    var weight = terms.weight() == null ? 1 : terms.weight();
    return new NewKey(ask.provider(), ask.label(), weight, terms.expiresAt(), about);
  }
}
