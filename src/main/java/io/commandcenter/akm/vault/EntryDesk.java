package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.StoredEntry;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.HashedToken;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.core.keys.KeyShape;
import io.commandcenter.akm.vault.EntryPage.Closed;
import io.commandcenter.akm.vault.EntryPage.Unlocking;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one-time pages: few, for minutes, in memory; what became of one is known for an hour. Tokens,
 * codes and browsers are kept only as hashes, and compared in constant time.
 */
final class EntryDesk {
  static final int MAX_OPEN = 64;
  static final int MAX_KEPT = 1024;

  private static final Duration KEPT = Duration.ofHours(1);
  private static final int TOKEN_BYTES = 32;

  /**
   * @param token opens the page; it is given out this once
   * @param code six digits with a hyphen in the middle; the page asks for it
   */
  record Opened(EntryPage page, String token, String code) {
    @Override
    public String toString() {
      return "Opened[" + page.id() + "]";
    }
  }

  private final Duration ttl;
  private final SecureRandom random;
  private final List<EntryPage> pages = new ArrayList<>();

  EntryDesk(Duration ttl, SecureRandom random) {
    this.ttl = ttl;
    this.random = random;
  }

  synchronized Opened open(BeginEntry ask, Instant now) {
    pages.removeIf(page -> !now.isBefore(page.expiresAt().plus(KEPT)));
    if (pages.stream().filter(page -> page.isOpenAt(now)).count() >= MAX_OPEN) {
      throw new Failure(
              Code.RATE_LIMITED, "too many entry pages are open; use one or wait until one ends")
          .with(Failure.RETRY_AFTER_MS, ttl.toMillis());
    }
    if (pages.size() >= MAX_KEPT) {
      pages.stream().filter(page -> !page.isOpenAt(now)).findFirst().ifPresent(pages::remove);
    }
    var token = randomText();
    var digits = random.nextInt(1_000_000);
    var code = String.format("%03d-%03d", digits / 1000, digits % 1000);
    var page =
        new EntryPage(
            RandomId.of("entry_", random),
            ask,
            now.plus(ttl),
            HashedToken.of(token),
            codeHash(token, code));
    pages.add(page);
    return new Opened(page, token, code);
  }

  /** When a page that is opened now would end. */
  Instant endOf(Instant now) {
    return now.plus(ttl);
  }

  /** It goes into a path, where one in millions that looks like a key would be refused. */
  private String randomText() {
    var bytes = new byte[TOKEN_BYTES];
    String text;
    do {
      random.nextBytes(bytes);
      text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    } while (KeyShape.looksLikeKey(text));
    return text;
  }

  /**
   * With the token, so that the code cannot be found from its hash; blanks and hyphens do not
   * count.
   */
  private static HashedToken codeHash(String token, String code) {
    return HashedToken.of(token + "/" + code.replaceAll("[\\s-]", ""));
  }

  /**
   * The page, still open; GONE if it was used, has expired or never was, FORBIDDEN if it is another
   * browser's.
   *
   * @param browser null if it is not known again
   */
  synchronized EntryPage look(String token, String browser, Instant now) {
    var page = find(token, now);
    if (page.isOfAnother(Optional.ofNullable(browser).map(HashedToken::of))) {
      throw otherBrowser();
    }
    return page;
  }

  /** The same, unlocked by this browser. */
  synchronized EntryPage unlocked(String token, String browser, Instant now) {
    var page = look(token, browser, now);
    if (page.isLocked()) {
      throw new Failure(Code.FORBIDDEN, "the confirmation code is missing; enter it");
    }
    return page;
  }

  synchronized EntryPage find(String token, Instant now) {
    var presented = HashedToken.of(token);
    return pages.stream()
        .filter(page -> page.isOpenAt(now) && page.hasToken(presented))
        .findFirst()
        .orElseThrow(EntryDesk::gone);
  }

  /**
   * @param code null or blank if none was entered
   */
  synchronized Unlocking unlock(EntryPage page, String token, String code, String browser) {
    var entered =
        Optional.ofNullable(code).filter(text -> !text.isBlank()).map(t -> codeHash(token, t));
    return page.unlock(entered, HashedToken.of(browser));
  }

  /**
   * Does the work of one submission at a time: a form that was sent twice gets the answer to the
   * first.
   */
  synchronized Future<StoredEntry> once(EntryPage page, Supplier<Future<StoredEntry>> work) {
    if (page.running().isPresent()) {
      return page.running().get();
    }
    var first =
        Future.succeededFuture()
            .compose(start -> work.get())
            .onSuccess(stored -> finish(page, stored))
            .onFailure(cause -> release(page));
    if (!first.isComplete()) {
      page.run(first);
    }
    return first;
  }

  private synchronized void finish(EntryPage page, StoredEntry stored) {
    page.finish(stored);
  }

  private synchronized void release(EntryPage page) {
    page.release();
  }

  synchronized void checking(EntryPage page) {
    page.checking();
  }

  /** Fails if the page was closed while its key was checked. */
  synchronized void mustBeOpen(EntryPage page) {
    // Whoever sent the form in time is not turned away by the clock.
    if (!page.isOpenAt(Instant.MIN)) {
      throw gone();
    }
  }

  synchronized void close(EntryPage page, Closed why) {
    page.close(why);
  }

  /** Closes the open pages of a token; gives those it closed. */
  synchronized List<EntryPage> closeOf(String tokenId, Instant now) {
    var open =
        pages.stream()
            .filter(page -> page.isOpenAt(now) && page.ask().by().equals(tokenId))
            .toList();
    open.forEach(page -> page.close(Closed.ASKER_REVOKED));
    return open;
  }

  synchronized Optional<EntryPage> named(String entryId, Instant now) {
    return pages.stream()
        .filter(page -> page.id().equals(entryId) && now.isBefore(page.expiresAt().plus(KEPT)))
        .findFirst();
  }

  static Failure otherBrowser() {
    return new Failure(
            Code.FORBIDDEN,
            "this page is in use in another browser; go on there or ask for a new link")
        .with(EntryCalls.OTHER_BROWSER, true);
  }

  static Failure gone() {
    return new Failure(Code.GONE, "this page was used or has expired; ask for a new link");
  }
}
