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
  public static final Call<RotateKey, KeyInfo> ROTATE =
      Call.node(
          "akm.vault.rotate.v1",
          RotateKey.class,
          KeyInfo.class,
          "Puts in a new version; the old one drains for a grace period.",
          Code.UNKNOWN_PROVIDER,
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<RotateFromEnvironment, KeyInfo> ROTATE_FROM_ENVIRONMENT =
      Call.cluster(
          "akm.vault.rotate-from-environment.v1",
          RotateFromEnvironment.class,
          KeyInfo.class,
          "Puts in a new version read from an environment variable of this server.",
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
  public static final Call<TakeLease, Lease> LEASE =
      Call.node(
          "akm.vault.lease.v1",
          TakeLease.class,
          Lease.class,
          "A short, audited loan of a key's plaintext.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.UNKNOWN_PROVIDER,
          Code.KEY_IN_ARGUMENT);
  public static final Call<ReportRejection, KeyInfo> REPORT_REJECTION =
      Call.cluster(
          "akm.vault.report-rejection.v1",
          ReportRejection.class,
          KeyInfo.class,
          "Says that a provider refused a key as invalid or without credit; the vault disables that version.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);

  public static final List<Call<?, ?>> ALL =
      List.of(
          LIST,
          FIND,
          SEAL,
          ADD_FROM_ENVIRONMENT,
          ROTATE,
          ROTATE_FROM_ENVIRONMENT,
          DISABLE,
          ENABLE,
          DELETE,
          VALIDATE,
          LEASE,
          REPORT_REJECTION);

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
      String by) {
    public SealKey {
      Checks.name(provider, "provider");
      Checks.name(label, "label");
      Checks.range(weight, "weight", 1, 1000);
      tags = Checks.tags(tags, "tags");
      Checks.printable(owner, "owner", 128);
      Checks.range(maxAgeDays == null ? 1 : maxAgeDays, "max_age_days", 1, 3650);
      Checks.text(by, "by", 128);
    }

    /** A key of which nothing more is said. */
    public SealKey(
        String provider, String label, Secret secret, int weight, Instant expiresAt, String by) {
      this(provider, label, secret, weight, expiresAt, null, null, null, by);
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
      String by) {
    public AddFromEnvironment {
      Checks.name(provider, "provider");
      Checks.name(label, "label");
      Checks.environmentName(envVar, "env_var");
      weight = (int) Checks.range(weight == null ? 1 : weight, "weight", 1, 1000);
      tags = Checks.tags(tags, "tags");
      Checks.printable(owner, "owner", 128);
      Checks.range(maxAgeDays == null ? 1 : maxAgeDays, "max_age_days", 1, 3650);
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
      this(provider, label, envVar, weight, expiresAt, null, null, null, by);
    }
  }

  /**
   * @param graceSeconds how long the old version may still be used by requests in flight; null for
   *     the default
   */
  public record RotateKey(
      String provider, String label, Secret secret, Long graceSeconds, String by) {
    public RotateKey {
      Checks.name(provider, "provider");
      Checks.name(label, "label");
      Checks.range(graceSeconds == null ? 0 : graceSeconds, "grace_seconds", 0, 604_800);
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param graceSeconds as in {@link RotateKey}
   */
  public record RotateFromEnvironment(
      String provider, String label, String envVar, Long graceSeconds, String by) {
    public RotateFromEnvironment {
      Checks.name(provider, "provider");
      Checks.name(label, "label");
      Checks.environmentName(envVar, "env_var");
      Checks.range(graceSeconds == null ? 0 : graceSeconds, "grace_seconds", 0, 604_800);
      Checks.text(by, "by", 128);
    }
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

  /**
   * @param requestId the request the key is for, as it stands in the audit log
   * @param exceptVersion a version not to lend, because it has just been refused; null for none
   */
  public record TakeLease(String keyId, String requestId, Integer exceptVersion, String by) {
    public TakeLease {
      Checks.name(keyId, "key_id");
    }
  }

  /**
   * @param trial whether this version is on trial in a rotation: its refusal says nothing about the
   *     key
   * @param expiresAt until when the lease may be cached and used to start a request
   */
  public record Lease(
      String leaseId,
      String keyId,
      String provider,
      int version,
      boolean trial,
      Secret secret,
      Instant expiresAt) {}

  /**
   * @param version the version that was refused; a newer one is left alone
   * @param reason key-invalid or no-credit
   */
  public record ReportRejection(String keyId, int version, String reason, String by) {
    public ReportRejection {
      Checks.name(keyId, "key_id");
      Checks.text(reason, "reason", 64);
    }
  }
}
