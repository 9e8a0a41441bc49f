package io.commandcenter.akm.contract;

import io.commandcenter.akm.core.crypto.Secret;
import java.time.Instant;
import java.util.List;

/** The vault's calls about rotations: how they stand, and a person's hand in them. */
public final class RotationCalls {
  public static final Call<RotateKey, RotationInfo> ROTATE =
      Call.node(
          "akm.vault.rotate.v1",
          RotateKey.class,
          RotationInfo.class,
          "Begins a rotation: checks a new version, tries it with a share of the requests, then shifts to it.",
          Code.UNKNOWN_PROVIDER,
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<RotateFromEnvironment, RotationInfo> ROTATE_FROM_ENVIRONMENT =
      Call.cluster(
          "akm.vault.rotate-from-environment.v1",
          RotateFromEnvironment.class,
          RotationInfo.class,
          "The same with a new version read from an environment variable of this server.",
          Code.UNKNOWN_PROVIDER,
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<FindRotation, RotationInfo> STATUS =
      Call.cluster(
          "akm.vault.rotation.v1",
          FindRotation.class,
          RotationInfo.class,
          "How a rotation stands; by its id, or the latest of a key.",
          Code.NOT_FOUND,
          Code.SEALED);
  public static final Call<ListRotations, RotationList> LIST =
      Call.cluster(
          "akm.vault.rotations.v1",
          ListRotations.class,
          RotationList.class,
          "The rotations, newest first.",
          Code.SEALED);
  public static final Call<ChangeRotation, RotationInfo> CANCEL =
      Call.cluster(
          "akm.vault.rotation-cancel.v1",
          ChangeRotation.class,
          RotationInfo.class,
          "Rolls a rotation back by hand: the old version is current again, the new one is erased.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<ChangeRotation, RotationInfo> ADVANCE =
      Call.cluster(
          "akm.vault.rotation-advance.v1",
          ChangeRotation.class,
          RotationInfo.class,
          "Takes the next stage now: shifts to the new version, or ends the old one's grace period.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);

  public static final Call<MintRotation, RotationInfo> MINT =
      Call.cluster(
          "akm.vault.rotation-mint.v1",
          MintRotation.class,
          RotationInfo.class,
          "Begins a rotation whose new key is made at the provider with its configured admin key.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.PROVIDER_FAILED,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);

  public static final List<Call<?, ?>> ALL =
      List.of(ROTATE, ROTATE_FROM_ENVIRONMENT, STATUS, LIST, CANCEL, ADVANCE, MINT);

  private RotationCalls() {}

  /**
   * One of the two.
   *
   * @param rotationId or null
   * @param keyId whose latest rotation is meant, or null
   */
  public record FindRotation(String rotationId, String keyId) {
    public FindRotation {
      if ((rotationId == null) == (keyId == null)) {
        throw Failure.badRequest("give `rotation_id` or `key_id`, and not both");
      }
      Checks.name(rotationId == null ? keyId : rotationId, "rotation_id");
    }
  }

  /**
   * @param keyId of this key only, or null for all
   * @param limit 50 if null
   */
  public record ListRotations(String keyId, Integer limit) {
    public ListRotations {
      if (keyId != null) {
        Checks.name(keyId, "key_id");
      }
      limit = (int) Checks.range(limit == null ? 50 : limit, "limit", 1, 500);
    }
  }

  public record ChangeRotation(String rotationId, String by) {
    public ChangeRotation {
      Checks.name(rotationId, "rotation_id");
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param rotationId null for one made here
   */
  public record MintRotation(String keyId, String rotationId, String by) {
    public MintRotation {
      Checks.name(keyId, "key_id");
      if (rotationId != null) {
        Checks.name(rotationId, "rotation_id");
      }
      Checks.text(by, "by", 128);
    }
  }

  public record RotationList(List<RotationInfo> rotations) {
    public RotationList {
      rotations = List.copyOf(rotations);
    }
  }

  /**
   * How a rotation stands.
   *
   * @param state waiting, validating, canary, draining, done, rolled_back or cancelled
   * @param keyState of the key, as in KeyInfo
   * @param masked what may be shown of the new version; null while waiting
   * @param version that requests get unless they try the other one
   * @param fromVersion the version before
   * @param toVersion the new version; null while waiting
   * @param canaryPercent of the key's requests that try the new version
   * @param canaryAnswered requests that succeeded with it so far in the trial
   * @param canaryRequests how many must
   * @param verdict what the provider's free check said of the new version, as in KeyCheck; null
   *     before it
   * @param reason why it ended without success: a verdict, key-invalid, no-credit, by-hand,
   *     superseded, nothing-came, key-deleted, unreadable or not-minted; else null
   * @param dueAt when time alone brings the next stage, or null
   */
  public record RotationInfo(
      String rotationId,
      String keyId,
      String provider,
      String label,
      String state,
      String keyState,
      String masked,
      int version,
      int fromVersion,
      Integer toVersion,
      int canaryPercent,
      int canaryAnswered,
      int canaryRequests,
      String verdict,
      String reason,
      String by,
      Instant startedAt,
      Instant changedAt,
      Instant dueAt) {}

  /**
   * @param graceSeconds how long the old version is kept after the shift, for requests in flight
   *     and for a way back; null for the default
   * @param rotationId names the rotation, so that a repeated call begins no second one; null for
   *     one made here
   * @param canaryPercent of the key's requests that try the new version, 0 and 100 for none; null
   *     for the default
   */
  public record RotateKey(
      String provider,
      String label,
      Secret secret,
      Long graceSeconds,
      String rotationId,
      Integer canaryPercent,
      String by) {
    public RotateKey {
      rotating(rotationId, canaryPercent);
      Checks.name(provider, "provider");
      Checks.name(label, "label");
      Checks.range(graceSeconds == null ? 0 : graceSeconds, "grace_seconds", 0, 604_800);
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param graceSeconds as in {@link RotateKey}, like rotationId and canaryPercent
   */
  public record RotateFromEnvironment(
      String provider,
      String label,
      String envVar,
      Long graceSeconds,
      String rotationId,
      Integer canaryPercent,
      String by) {
    public RotateFromEnvironment {
      rotating(rotationId, canaryPercent);
      Checks.name(provider, "provider");
      Checks.name(label, "label");
      Checks.environmentName(envVar, "env_var");
      Checks.range(graceSeconds == null ? 0 : graceSeconds, "grace_seconds", 0, 604_800);
      Checks.text(by, "by", 128);
    }
  }

  private static void rotating(String rotationId, Integer canaryPercent) {
    if (rotationId != null) {
      Checks.name(rotationId, "rotation_id");
    }
    Checks.range(canaryPercent == null ? 0 : canaryPercent, "canary_percent", 0, 100);
  }
}
