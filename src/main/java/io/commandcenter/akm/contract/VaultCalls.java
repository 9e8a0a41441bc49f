package io.commandcenter.akm.contract;

import io.commandcenter.akm.core.crypto.Secret;
import java.time.Instant;
import java.util.List;

/** The vault's calls: keys in, leases out. No answer that may leave the node holds a key. */
public final class VaultCalls {
  public static final Call<ListKeys, KeyList> LIST =
      Call.cluster(
          "akm.vault.list.v1",
          ListKeys.class,
          KeyList.class,
          "Lists keys, masked, oldest first.",
          Code.SEALED);
  public static final Call<FindKey, KeyInfo> FIND =
      Call.cluster(
          "akm.vault.find.v1",
          FindKey.class,
          KeyInfo.class,
          "One key, masked.",
          Code.NOT_FOUND,
          Code.SEALED);
  public static final Call<SealKey, KeyInfo> SEAL =
      Call.node(
          "akm.vault.seal.v1",
          SealKey.class,
          KeyInfo.class,
          "Seals a new key.",
          Code.UNKNOWN_PROVIDER,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<AddFromEnvironment, KeyInfo> ADD_FROM_ENVIRONMENT =
      Call.cluster(
          "akm.vault.add-from-environment.v1",
          AddFromEnvironment.class,
          KeyInfo.class,
          "Seals a new key read from an environment variable of this server.",
          Code.UNKNOWN_PROVIDER,
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<ChangeKey, KeyInfo> DISABLE =
      Call.cluster(
          "akm.vault.disable.v1",
          ChangeKey.class,
          KeyInfo.class,
          "Takes a key out of use; it can be enabled again.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<ChangeKey, KeyInfo> ENABLE =
      Call.cluster(
          "akm.vault.enable.v1",
          ChangeKey.class,
          KeyInfo.class,
          "Puts a disabled key back to use.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<ChangeKey, KeyInfo> DELETE =
      Call.cluster(
          "akm.vault.delete.v1",
          ChangeKey.class,
          KeyInfo.class,
          "Revokes a key and erases its ciphertext; its record stays.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<ChangeKey, KeyCheck> VALIDATE =
      Call.cluster(
          "akm.vault.validate.v1",
          ChangeKey.class,
          KeyCheck.class,
          "Asks the provider, free of charge, whether it takes the key.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.UNKNOWN_PROVIDER,
          Code.KEY_IN_ARGUMENT);

  public static final List<Call<?, ?>> ALL =
      List.of(LIST, FIND, SEAL, ADD_FROM_ENVIRONMENT, DISABLE, ENABLE, DELETE, VALIDATE);

  private VaultCalls() {}

  /**
   * @param provider only this provider's keys, or null for all
   */
  public record ListKeys(String provider) {}

  public record KeyList(List<KeyInfo> keys) {
    public KeyList {
      keys = List.copyOf(keys);
    }
  }

  public record FindKey(String keyId) {
    public FindKey {
      Checks.name(keyId, "key_id");
    }
  }

  /**
   * What may be shown of a key.
   *
   * @param keyId {@code key_…}, or {@code env_<provider>} for a key that lives in the environment
   * @param state active, draining, cooling, disabled, expired or revoked
   * @param source {@code sealed} or {@code environment}
   * @param masked a known prefix and the last four characters, for example {@code
   *     sk-ant-api03-…x9AA}
   * @param fingerprint first 16 hex digits of an HMAC: equal keys of one vault have equal
   *     fingerprints
   * @param version 1 for the first; each rotation adds one
   * @param weight share of the provider's traffic among its active keys, 1 to 1000
   * @param envVar the variable the key was taken from, or null
   * @param purpose inference, minting (makes other keys, never routed to) or decoy (its use raises
   *     an alert)
   * @param owner who answers for the key, or null
   * @param maxAgeDays how old a version may become before its rotation is due, or null
   * @param frozen whether a panic keeps it from use
   * @param rotationId of the rotation that runs, or null
   * @param coolingUntil while its provider asked for a rest, or null
   */
  public record KeyInfo(
      String keyId,
      String provider,
      String label,
      String state,
      String source,
      String masked,
      String fingerprint,
      int version,
      int weight,
      String envVar,
      String purpose,
      String owner,
      List<String> tags,
      Integer maxAgeDays,
      boolean frozen,
      String rotationId,
      Instant createdAt,
      Instant rotatedAt,
      Instant expiresAt,
      Instant coolingUntil,
      Instant lastUsedAt,
      Instant lastValidatedAt) {
    public KeyInfo {
      tags = List.copyOf(tags);
    }

    /** The same key, with the rotation that runs; null for none. */
    public KeyInfo rotating(String rotation) {
      return new KeyInfo(
          keyId,
          provider,
          label,
          state,
          source,
          masked,
          fingerprint,
          version,
          weight,
          envVar,
          purpose,
          owner,
          tags,
          maxAgeDays,
          frozen,
          rotation,
          createdAt,
          rotatedAt,
          expiresAt,
          coolingUntil,
          lastUsedAt,
          lastValidatedAt);
    }
  }

  /**
   * @param tags at most 16, of 32 characters {@code a-z 0-9 _ . : -}
   * @param owner who answers for the key, or null
   * @param maxAgeDays how old a version may become before its rotation is due; null for no limit
   */
  public record SealKey(
      String provider,
      String label,
      Secret secret,
      int weight,
      Instant expiresAt,
      List<String> tags,
      String owner,
      Integer maxAgeDays,
      String purpose,
      String by) {
    public SealKey {
      Checks.name(provider, "provider");
      Checks.name(label, "label");
      Checks.range(weight, "weight", 1, 1000);
      tags = Checks.tags(tags, "tags");
      Checks.printable(owner, "owner", 128);
      Checks.range(maxAgeDays == null ? 1 : maxAgeDays, "max_age_days", 1, 3650);
      purpose = newPurpose(purpose);
      Checks.text(by, "by", 128);
    }

    /** A key of which nothing more is said. */
    public SealKey(
        String provider, String label, Secret secret, int weight, Instant expiresAt, String by) {
      this(provider, label, secret, weight, expiresAt, null, null, null, null, by);
    }
  }

  /**
   * @param weight 1 if null
   * @param tags as in {@link SealKey}, like owner and maxAgeDays
   */
  public record AddFromEnvironment(
      String provider,
      String label,
      String envVar,
      Integer weight,
      Instant expiresAt,
      List<String> tags,
      String owner,
      Integer maxAgeDays,
      String purpose,
      String by) {
    public AddFromEnvironment {
      Checks.name(provider, "provider");
      Checks.name(label, "label");
      Checks.environmentName(envVar, "env_var");
      weight = (int) Checks.range(weight == null ? 1 : weight, "weight", 1, 1000);
      tags = Checks.tags(tags, "tags");
      Checks.printable(owner, "owner", 128);
      Checks.range(maxAgeDays == null ? 1 : maxAgeDays, "max_age_days", 1, 3650);
      purpose = newPurpose(purpose);
      Checks.text(by, "by", 128);
    }

    /** A key of which nothing more is said. */
    public AddFromEnvironment(
        String provider,
        String label,
        String envVar,
        Integer weight,
        Instant expiresAt,
        String by) {
      this(provider, label, envVar, weight, expiresAt, null, null, null, null, by);
    }
  }

  /** The purpose of a new key, inference if null; decoys are made here, never brought. */
  static String newPurpose(String purpose) {
    if (purpose != null && !purpose.equals("inference") && !purpose.equals("minting")) {
      throw Failure.badRequest("`purpose` must be inference or minting");
    }
    return purpose == null ? "inference" : purpose;
  }

  public record ChangeKey(String keyId, String by) {
    public ChangeKey {
      Checks.name(keyId, "key_id");
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param outcome valid, invalid, expired, no-credit, no-permission, rate-limited, network or
   *     unchecked (the provider has no key, or no free call that proves one)
   */
  public record KeyCheck(
      String keyId,
      String provider,
      String label,
      String outcome,
      String detail,
      Integer httpStatus,
      long latencyMs,
      Instant checkedAt) {}
}
