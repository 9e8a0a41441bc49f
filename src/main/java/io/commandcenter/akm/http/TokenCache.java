package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.core.crypto.Sha256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tokens that were verified moments ago, by the SHA-256 of the whole token: a cache keyed by a part
 * of it would let one token pass for another (CVE-2026-35030). One for all instances of the
 * listener, so that they agree. Safe for several threads.
 */
final class TokenCache {
  // Bounds how long a token outlives its expiry, or its revocation on another node.
  private static final Duration LIFE = Duration.ofSeconds(5);
  private static final int MAX_ENTRIES = 10_000;

  private final LongSupplier nanoTime;
  private final Map<ByteBuffer, Cached> entries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Cached> eldest) {
          return size() > MAX_ENTRIES;
        }
      };
  private long generation;

  private record Cached(Principal principal, long bornAt) {}

  TokenCache(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  static ByteBuffer keyOf(String token) {
    return ByteBuffer.wrap(Sha256.of(token));
  }

  synchronized Optional<Principal> find(ByteBuffer key) {
    var entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (nanoTime.getAsLong() - entry.bornAt() >= LIFE.toNanos()) {
      entries.remove(key);
      return Optional.empty();
    }
    return Optional.of(entry.principal());
  }

  /** Take it before a verification and hand it to {@link #put}. */
  synchronized long generation() {
    return generation;
  }

  /** Keeps the entry unless the cache was dropped since: the answer could be older than that. */
  synchronized void put(ByteBuffer key, Principal principal, long asOf) {
    if (asOf == generation) {
      entries.put(key, new Cached(principal, nanoTime.getAsLong()));
    }
  }

  synchronized void drop() {
    generation++;
    entries.clear();
  }
}
