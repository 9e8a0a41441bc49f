package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.ShareCalls.ShareKey;
import io.commandcenter.akm.core.crypto.HashedToken;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.core.crypto.WrapToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The wrapped tokens that wait, as hashes, in memory: a restart ends them all. One that was used or
 * has expired is known for an hour, so that another use of it is noticed.
 */
final class Shares {
  static final int MAX_OPEN = 256;
  static final int MAX_KEPT = 2048;

  private static final Duration KEPT = Duration.ofHours(1);

  /** One wrapped token. */
  static final class Share {
    private final String id;
    private final ShareKey ask;
    private final Instant expiresAt;
    private final HashedToken token;
    private boolean used;

    private Share(String id, ShareKey ask, Instant expiresAt, HashedToken token) {
      this.id = id;
      this.ask = ask;
      this.expiresAt = expiresAt;
      this.token = token;
    }

    String id() {
      return id;
    }

    ShareKey ask() {
      return ask;
    }

    Instant expiresAt() {
      return expiresAt;
    }

    private boolean isOpenAt(Instant now) {
      return !used && now.isBefore(expiresAt);
    }
  }

  /**
   * @param wrapToken given out this once
   */
  record Made(Share share, String wrapToken) {
    @Override
    public String toString() {
      return "Made[" + share.id() + "]";
    }
  }

  /** What a presented token is good for. */
  enum Taking {
    TAKEN,
    NOT_YOURS,
    USED_BEFORE,
    EXPIRED
  }

  private final SecureRandom random;
  private final List<Share> shares = new ArrayList<>();

  Shares(SecureRandom random) {
    this.random = random;
  }

  synchronized Made make(ShareKey ask, Instant now) {
    shares.removeIf(share -> !now.isBefore(share.expiresAt().plus(KEPT)));
    if (shares.stream().filter(share -> share.isOpenAt(now)).count() >= MAX_OPEN) {
      throw new Failure(
              Code.RATE_LIMITED, "too many shared keys wait to be unwrapped; unwrap some or wait")
          .with(Failure.RETRY_AFTER_MS, Duration.ofSeconds(ask.ttlSeconds()).toMillis());
    }
    if (shares.size() >= MAX_KEPT) {
      shares.stream().filter(share -> !share.isOpenAt(now)).findFirst().ifPresent(shares::remove);
    }
    var token = WrapToken.mint(random);
    var expiresAt = now.plusSeconds(ask.ttlSeconds());
    var share = new Share(RandomId.of("share_", random), ask, expiresAt, HashedToken.of(token));
    shares.add(share);
    return new Made(share, token);
  }

  /** Takes it back before it was given out. */
  synchronized void forget(Share share) {
    shares.remove(share);
  }

  synchronized Optional<Share> find(HashedToken presented) {
    return shares.stream().filter(share -> share.token.is(presented)).findFirst();
  }

  /** Takes it for one use, if this principal may: of many at once one gets it. */
  synchronized Taking take(Share share, String by, Instant now) {
    var bound = share.ask().forToken();
    if (bound != null && !bound.equals(by)) {
      return Taking.NOT_YOURS;
    }
    if (share.used) {
      return Taking.USED_BEFORE;
    }
    if (!now.isBefore(share.expiresAt())) {
      return Taking.EXPIRED;
    }
    share.used = true;
    return Taking.TAKEN;
  }

  /** For a key that could not be released: nothing has left, so it may be tried again. */
  synchronized void giveBack(Share share) {
    share.used = false;
  }
}
