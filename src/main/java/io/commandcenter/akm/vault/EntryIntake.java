package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls.AskEntry;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.EntryLink;
import io.commandcenter.akm.contract.EntryCalls.EntryStatus;
import io.commandcenter.akm.contract.EntryCalls.EntryView;
import io.commandcenter.akm.contract.EntryCalls.ShowEntry;
import io.commandcenter.akm.contract.EntryCalls.UnlockEntry;
import io.commandcenter.akm.contract.Facts.TokenChanged;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.vault.EntryDesk.Opened;
import io.commandcenter.akm.vault.EntryPage.Closed;
import io.commandcenter.akm.vault.SealedKeys.Origin;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;

/** Opens one-time pages, binds each to a browser, and tells what became of them. */
final class EntryIntake {
  private final SealedKeys keys;
  private final EntryDesk desk;
  private final EntryAudit notes;
  private final Providers providers;
  private final AuditStore audit;
  private final RotationDesk rotations;
  private final PublicUrl publicUrl;
  private final Clock clock;

  EntryIntake(VaultTools tools, RotationDesk rotations, EntryDesk desk, EntryAudit notes) {
    this.rotations = rotations;
    keys = tools.sealedKeys();
    this.desk = desk;
    this.notes = notes;
    providers = tools.providers();
    audit = tools.audit();
    publicUrl = tools.setup().publicUrl();
    clock = tools.clock();
  }

  Future<EntryLink> begin(BeginEntry ask) {
    Plain.noKeyIn(ask.provider(), ask.label(), ask.by(), ask.terms().owner());
    Plain.noKeyIn(ask.terms().tags().toArray(String[]::new));
    providers.endpoint(ask.provider());
    refuseEarlyEnd(ask.terms().expiresAt());
    return mayEnter(ask)
        .compose(
            free -> {
              var opened = desk.open(ask, clock.instant());
              return audit
                  .append(notes.ok(opened.page(), Action.ENTRY_BEGIN, ask.purpose()))
                  .compose(noted -> expect(opened.page()))
                  .map(expected -> link(opened))
                  .onFailure(cause -> desk.close(opened.page(), Closed.NOT_BEGUN));
            });
  }

  /** Fails early, before a person is asked for a key that could not be taken. */
  private Future<Void> mayEnter(BeginEntry ask) {
    return isRotation(ask)
        ? rotations.mayEnter(ask.provider(), ask.label())
        : keys.mayAdd(ask.provider(), ask.label());
  }

  private Future<?> expect(EntryPage page) {
    var ask = page.ask();
    var origin = new Origin(ask.by(), null, page.id());
    return isRotation(ask)
        ? rotations.expect(ask.provider(), ask.label(), page.expiresAt(), origin)
        : Future.succeededFuture();
  }

  static boolean isRotation(BeginEntry ask) {
    return "rotate".equals(ask.purpose());
  }

  private void refuseEarlyEnd(Instant expiresAt) {
    if (expiresAt != null && !expiresAt.isAfter(desk.endOf(clock.instant()))) {
      throw Failure.badRequest("`expires_at` must be after the end of the entry page");
    }
  }

  private EntryLink link(Opened opened) {
    var page = opened.page();
    return new EntryLink(
        page.id(),
        publicUrl.of("/entry/" + opened.token()),
        opened.code(),
        page.ask().provider(),
        page.ask().label(),
        page.expiresAt());
  }

  Future<EntryView> show(ShowEntry ask) {
    return Future.succeededFuture(view(desk.look(ask.token(), ask.browser(), clock.instant())));
  }

  private EntryView view(EntryPage page) {
    var ask = page.ask();
    return new EntryView(
        ask.purpose(),
        ask.provider(),
        host(providers.endpoint(ask.provider()).base()),
        ask.label(),
        ask.by(),
        page.expiresAt(),
        page.isLocked());
  }

  private static String host(URI endpoint) {
    return endpoint.getPort() < 0
        ? endpoint.getHost()
        : endpoint.getHost() + ":" + endpoint.getPort();
  }

  Future<EntryView> unlock(UnlockEntry ask) {
    var page = desk.find(ask.token(), clock.instant());
    return switch (desk.unlock(page, ask.token(), ask.code(), ask.browser())) {
      case KNOWN -> Future.succeededFuture(view(page));
      case BOUND ->
          audit.append(notes.ok(page, Action.ENTRY_UNLOCK, null)).map(noted -> view(page));
      case CODE_MISSING ->
          Future.failedFuture(
              Failure.badRequest(
                  "the confirmation code is missing; it stands where you got the link"));
      case CODE_WRONG -> wrongCode(page);
      case OTHER_BROWSER -> {
        notes.denied(page, Action.ENTRY_UNLOCK, "other-browser");
        yield Future.failedFuture(EntryDesk.otherBrowser());
      }
      case CLOSED -> closedByWrongCodes(page);
    };
  }

  private Future<EntryView> wrongCode(EntryPage page) {
    notes.denied(page, Action.ENTRY_UNLOCK, "wrong-code");
    return Future.failedFuture(
        new Failure(
            Code.FORBIDDEN, "the confirmation code is wrong; tries left: " + page.codesLeft()));
  }

  /** Whoever guesses has the link: it must not get another try, and it must be known. */
  private Future<EntryView> closedByWrongCodes(EntryPage page) {
    return audit
        .append(notes.closed(page))
        .compose(
            noted ->
                Future.failedFuture(
                    new Failure(
                        Code.GONE,
                        "a wrong confirmation code was entered five times, so this page was"
                            + " closed; ask for a new link")));
  }

  Future<EntryStatus> status(AskEntry ask) {
    var now = clock.instant();
    return Future.succeededFuture(
        desk.named(ask.entryId(), now)
            .filter(page -> ask.any() || page.ask().by().equals(ask.by()))
            .map(page -> page.status(now))
            .orElseThrow(
                () ->
                    Failure.notFound(
                        "you have asked for no entry of this id within the last hour; ask for a"
                            + " new link")));
  }

  /** A token that ends takes its open pages with it. */
  void tokenChanged(TokenChanged fact) {
    if ("revoked".equals(fact.change())) {
      desk.closeOf(fact.tokenId(), clock.instant()).forEach(page -> note(notes.closed(page)));
    }
  }

  private void note(AuditEntry entry) {
    // The page is closed whether or not that can be written down.
    audit.append(entry).onFailure(notes::unwritten);
  }
}
