package io.commandcenter.akm.contract;

import io.commandcenter.akm.core.crypto.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The vault's calls that hand a lease of a key to another service through a one-time wrapped token.
 * Both stay on the node: neither the token nor the key is ever on the wire of the bus.
 */
public final class ShareCalls {
  /** The longest that a wrapped token may wait, and that what it gives may be used. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  public static final Call<ShareKey, SharedKey> SHARE =
      Call.node(
          "akm.vault.share.v1",
          ShareKey.class,
          SharedKey.class,
          "Gives a one-time wrapped token for a lease of a key; the key itself is not in it.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.RATE_LIMITED,
          Code.SEALED,
          Code.UNKNOWN_PROVIDER,
          Code.KEY_IN_ARGUMENT);
  public static final Call<UnwrapKey, UnwrappedKey> UNWRAP =
      Call.node(
          "akm.vault.unwrap.v1",
          UnwrapKey.class,
          UnwrappedKey.class,
          "Gives the lease that a wrapped token stands for, once.",
          Code.GONE,
          Code.FORBIDDEN,
          Code.CONFLICT,
          Code.SEALED,
          Code.UNKNOWN_PROVIDER);

  public static final List<Call<?, ?>> ALL = List.of(SHARE, UNWRAP);

  private ShareCalls() {}

  /**
   * @param forToken the only token that may unwrap it; null for any of scope client or above
   * @param ttlSeconds how long it may wait to be unwrapped, and from then on how long the key may
   *     be used; 300 if null, at most 600
   */
  public record ShareKey(String keyId, String forToken, Long ttlSeconds, String by) {
    public ShareKey {
      Checks.name(keyId, "key_id");
      if (forToken != null) {
        Checks.name(forToken, "for_token");
      }
      ttlSeconds =
          Checks.range(
              ttlSeconds == null ? 300 : ttlSeconds, "ttl_seconds", 1, LONGEST.toSeconds());
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param shareId names the share in the audit log; it opens nothing
   * @param wrapToken {@code akmw_…}, shown this once
   * @param expiresAt until when it can be unwrapped
   */
  public record SharedKey(
      String shareId,
      String wrapToken,
      String keyId,
      String provider,
      String label,
      String forToken,
      Instant expiresAt) {
    @Override
    public String toString() {
      return "SharedKey[" + shareId + "]";
    }
  }

  /**
   * @param by the token of whoever unwraps
   */
  public record UnwrapKey(Secret wrapToken, String by) {
    public UnwrapKey {
      if (wrapToken == null) {
        throw Failure.badRequest("`wrap_token` is required");
      }
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param secret the key
   * @param expiresAt until when it may be used
   */
  public record UnwrappedKey(
      String keyId, String provider, int version, Secret secret, Instant expiresAt) {}
}
