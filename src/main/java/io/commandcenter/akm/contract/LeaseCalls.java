package io.commandcenter.akm.contract;

import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.crypto.Secret;
import java.time.Instant;
import java.util.List;

/** The vault's calls of those who send requests: a key for a short while, and what came of it. */
public final class LeaseCalls {
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
          "Says that a provider refused a key as invalid or without credit; the vault takes that version out of use.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);

  public static final List<Call<?, ?>> ALL = List.of(LEASE, REPORT_REJECTION);

  private LeaseCalls() {}

  /**
   * @param requestId the request the key is for, as it stands in the audit log
   * @param exceptVersion a version not to lend, because it has just been refused: the answer is
   *     another one, or CONFLICT if there is none; null for any
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
   * @param version the version that was refused; a newer one is left alone, and one that a rotation
   *     tries is taken back without harm to the key
   * @param reason key-invalid or no-credit
   */
  public record ReportRejection(String keyId, int version, String reason, String by) {
    public ReportRejection {
      Checks.name(keyId, "key_id");
      Checks.text(reason, "reason", 64);
    }
  }
}
