package io.commandcenter.akm.access;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The admin token that AKM_ADMIN_TOKEN names, kept as its hash. */
final class AdminToken {
  static final Principal PRINCIPAL = new Principal("tok_environment", "environment", Scope.ADMIN);

  private static final String MARK = ".";
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

  /**
   * As its children name it: with another token in the variable they are orphans and end, whoever
   * had learnt the old one.
   */
  String parentId(Keyring keyring) {
    var fingerprint = keyring.tokenMac(HexFormat.of().formatHex(hash));
    return PRINCIPAL.id() + MARK + HexFormat.of().formatHex(fingerprint, 0, 8);
  }

  /** Whether children name an environment's token so, this one's or an earlier one's. */
  static boolean isParentId(String parentId) {
    return parentId.startsWith(PRINCIPAL.id() + MARK);
  }

  /** A parent's id for people; null for null. */
  static String shownId(String parentId) {
    return parentId != null && isParentId(parentId) ? PRINCIPAL.id() : parentId;
  }

  /** Compares hashes, in constant time, so that not even the length shows. */
  boolean is(String token) {
    return MessageDigest.isEqual(hash, Sha256.of(token));
  }
}
