package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.core.crypto.Sha256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The one-time pages that are open: few, for minutes, in memory. A page's token is kept only as its
 * hash.
 */
final class EntryDesk {
  static final int MAX_OPEN = 64;

  private static final int TOKEN_BYTES = 32;

  /**
   * @param id names the page; it does not open it
   */
  record Entry(String id, BeginEntry ask, Instant expiresAt, Hash hash) {}

  /** SHA-256 of a token, compared in constant time. */
  private record Hash(byte[] bytes) {
    static Hash of(String token) {
      return new Hash(Sha256.of(token));
    }

    boolean isOf(String token) {
      return MessageDigest.isEqual(bytes, of(token).bytes);
    }
  }

  /**
   * @param token opens the page; it is given out this once
   */
  record Opened(Entry entry, String token) {
    @Override
    public String toString() {
      return "Opened[" + entry.id() + "]";
    }
  }

  private final Duration ttl;
  private final SecureRandom random;
  private final List<Entry> open = new ArrayList<>();

  EntryDesk(Duration ttl, SecureRandom random) {
    this.ttl = ttl;
    this.random = random;
  }

  synchronized Opened open(BeginEntry ask, Instant now) {
    open.removeIf(entry -> !now.isBefore(entry.expiresAt()));
    if (open.size() >= MAX_OPEN) {
      throw new Failure(
              Code.RATE_LIMITED, "too many entry pages are open; use one or wait until one ends")
          .with(Failure.RETRY_AFTER_MS, ttl.toMillis());
    }
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var entry = new Entry(RandomId.of("entry_", random), ask, now.plus(ttl), Hash.of(token));
    open.add(entry);
    return new Opened(entry, token);
  }

  /** The page, still open; GONE if it was used, has expired or never was. */
  synchronized Entry look(String token, Instant now) {
    return open.stream()
        .filter(entry -> now.isBefore(entry.expiresAt()) && entry.hash().isOf(token))
        .findFirst()
        .orElseThrow(
            () -> new Failure(Code.GONE, "this page was used or has expired; ask for a new link"));
  }

  /** The page, closed to everyone else. */
  synchronized Entry take(String token, Instant now) {
    var entry = look(token, now);
    open.remove(entry);
    return entry;
  }

  /** For a page that nobody may be told of. */
  synchronized void close(Entry entry) {
    open.remove(entry);
  }

  /** For a page whose key could not be sealed: the person may try again. */
  synchronized void giveBack(Entry entry) {
    open.add(entry);
  }
}
