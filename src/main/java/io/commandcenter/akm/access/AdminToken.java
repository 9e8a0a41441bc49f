package io.commandcenter.akm.access;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.core.crypto.Sha256;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** The admin token that AKM_ADMIN_TOKEN names, kept as its hash. */
final class AdminToken {
  static final Principal PRINCIPAL = new Principal("tok_environment", "environment", Scope.ADMIN);

  private static final String VARIABLE = "AKM_ADMIN_TOKEN";
  private static final int MIN = 24;
  private static final int MAX = 256;

  private final byte[] hash;

  private AdminToken(byte[] hash) {
    this.hash = hash;
  }

  /**
   * Empty if the variable is not set or blank.
   *
   * @throws IllegalStateException if it could be guessed or could never be sent
   */
  static Optional<AdminToken> of(Map<String, String> environment) {
    var token = environment.getOrDefault(VARIABLE, "");
    if (token.isBlank()) {
      return Optional.empty();
    }
    if (token.length() < MIN || token.length() > MAX) {
      throw new IllegalStateException(
          VARIABLE + " must have " + MIN + " to " + MAX + " characters; choose another token");
    }
    return Optional.of(new AdminToken(Sha256.of(token)));
  }

  /** Compares hashes, in constant time, so that not even the length shows. */
  boolean is(String token) {
    return MessageDigest.isEqual(hash, Sha256.of(token));
  }
}
