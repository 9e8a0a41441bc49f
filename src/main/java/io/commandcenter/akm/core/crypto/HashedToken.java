package io.commandcenter.akm.core.crypto;

import java.security.MessageDigest;

/**
 * A short-lived token that is kept only as its SHA-256, and compared in constant time. Enough for
 * 256 random bits; a short code is hashed together with such a token, or it could be guessed from
 * its hash.
 */
public final class HashedToken {
  private final byte[] hash;

  private HashedToken(byte[] hash) {
    this.hash = hash;
  }

  public static HashedToken of(String token) {
    return new HashedToken(Sha256.of(token));
  }

  public static HashedToken of(Secret token) {
    return new HashedToken(token.use(Sha256::of));
  }

  public boolean is(HashedToken other) {
    return MessageDigest.isEqual(hash, other.hash);
  }
}
