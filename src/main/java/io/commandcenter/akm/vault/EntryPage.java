package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.EntryStatus;
import io.commandcenter.akm.contract.EntryCalls.StoredEntry;
import io.commandcenter.akm.core.crypto.HashedToken;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** One one-time page: who may use it, and what became of it. Its {@link EntryDesk} guards it. */
final class EntryPage {
  static final int MAX_WRONG_CODES = 5;
  static final int MAX_CHECKS = 10;

  /** Why a page was closed before its time. */
  enum Closed {
    WRONG_CODE("wrong-code"),
    TOO_MANY_KEYS("too-many-keys"),
    ASKER_REVOKED("asker-revoked"),
    /** Its begin could not be written down: nobody was told of it. */
    NOT_BEGUN("not-begun");

    private final String slug;

    Closed(String slug) {
      this.slug = slug;
    }

    String slug() {
      return slug;
    }
  }

  /** What came of an attempt to unlock a page. */
  enum Unlocking {
    /** For the first time: the page is this browser's now. */
    BOUND,
    /** Again, by the browser it is bound to. */
    KNOWN,
    CODE_MISSING,
    CODE_WRONG,
    /** Wrong once too often. */
    CLOSED,
    OTHER_BROWSER
  }

  private final String id;
  private final BeginEntry ask;
  private final Instant expiresAt;
  private final HashedToken token;
  private final HashedToken code;
  private HashedToken browser;
  private int wrongCodes;
  private int checks;
  private Future<StoredEntry> running;
  private StoredEntry stored;
  private Closed closed;

  /**
   * @param id names the page; it does not open it
   * @param code hashed together with the token
   */
  EntryPage(String id, BeginEntry ask, Instant expiresAt, HashedToken token, HashedToken code) {
    this.id = id;
    this.ask = ask;
    this.expiresAt = expiresAt;
    this.token = token;
    this.code = code;
  }

  String id() {
    return id;
  }

  BeginEntry ask() {
    return ask;
  }

  Instant expiresAt() {
    return expiresAt;
  }

  boolean hasToken(HashedToken presented) {
    return token.is(presented);
  }

  boolean isOpenAt(Instant now) {
    return stored == null && closed == null && now.isBefore(expiresAt);
  }

  boolean isLocked() {
    return browser == null;
  }

  /** Whether it is bound, and to another browser than this one. */
  boolean isOfAnother(Optional<HashedToken> presented) {
    return browser != null && presented.filter(browser::is).isEmpty();
  }

  int codesLeft() {
    return MAX_WRONG_CODES - wrongCodes;
  }

  /**
   * The first right code binds the page, not the first request: programs that look at links before
   * a person does would use it up, and whoever has the link alone could keep the person out.
   *
   * @param entered empty if none was
   */
  Unlocking unlock(Optional<HashedToken> entered, HashedToken by) {
    if (browser != null) {
      return browser.is(by) ? Unlocking.KNOWN : Unlocking.OTHER_BROWSER;
    }
    if (entered.isEmpty()) {
      return Unlocking.CODE_MISSING;
    }
    if (code.is(entered.get())) {
      browser = by;
      return Unlocking.BOUND;
    }
    if (++wrongCodes < MAX_WRONG_CODES) {
      return Unlocking.CODE_WRONG;
    }
    closed = Closed.WRONG_CODE;
    return Unlocking.CLOSED;
  }

  Optional<Future<StoredEntry>> running() {
    return Optional.ofNullable(running);
  }

  void run(Future<StoredEntry> work) {
    running = work;
  }

  void checking() {
    checks++;
  }

  void finish(StoredEntry entry) {
    stored = entry;
    running = null;
  }

  /** For a key that was not stored: the person may try again, but not for ever. */
  void release() {
    running = null;
    if (checks >= MAX_CHECKS) {
      close(Closed.TOO_MANY_KEYS);
    }
  }

  void close(Closed why) {
    if (closed == null) {
      closed = why;
    }
  }

  EntryStatus status(Instant now) {
    var state =
        stored != null
            ? "stored"
            : closed != null ? "closed" : now.isBefore(expiresAt) ? "open" : "expired";
    return new EntryStatus(
        id,
        ask.purpose(),
        ask.provider(),
        ask.label(),
        state,
        stored == null && closed != null ? closed.slug() : null,
        expiresAt,
        stored == null ? null : stored.key(),
        stored == null ? null : stored.check(),
        stored == null ? null : stored.detail());
  }
}
