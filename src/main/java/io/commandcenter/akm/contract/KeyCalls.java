package io.commandcenter.akm.contract;

import io.commandcenter.akm.contract.VaultCalls.KeyCheck;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The vault's calls about keys that are there: what is said of them, their rest, their health. */
public final class KeyCalls {
  public static final Call<UpdateKey, KeyInfo> UPDATE =
      Call.cluster(
          "akm.vault.update.v1",
          UpdateKey.class,
          KeyInfo.class,
          "Changes what is said of a key; only what is given changes.",
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<CoolKey, KeyInfo> COOL =
      Call.cluster(
          "akm.vault.cool.v1",
          CoolKey.class,
          KeyInfo.class,
          "Says that a provider asked for a rest of a whole key; a longer rest stands.",
          Code.NOT_FOUND,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<ValidateAll, KeyChecks> VALIDATE_ALL =
      Call.cluster(
          "akm.vault.validate-all.v1",
          ValidateAll.class,
          KeyChecks.class,
          "Asks the providers, free of charge, whether they take their keys; takes a minute at most.",
          Code.SEALED,
          Code.UNKNOWN_PROVIDER,
          Code.KEY_IN_ARGUMENT);

  public static final List<Call<?, ?>> ALL = List.of(UPDATE, COOL, VALIDATE_ALL);

  private static final Set<String> CLEARABLE =
      Set.of("tags", "owner", "expires_at", "max_age_days");

  private KeyCalls() {}

  /**
   * @param label new name, free at its provider
   * @param tags in the place of all the old ones
   * @param clear what is taken away: any of tags, owner, expires_at, max_age_days
   */
  public record UpdateKey(
      String keyId,
      String label,
      List<String> tags,
      String owner,
      Integer weight,
      Instant expiresAt,
      Integer maxAgeDays,
      List<String> clear,
      String by) {
    public UpdateKey {
      Checks.name(keyId, "key_id");
      if (label != null) {
        Checks.name(label, "label");
      }
      tags = tags == null ? null : Checks.tags(tags, "tags");
      Checks.printable(owner, "owner", 128);
      Checks.range(weight == null ? 1 : weight, "weight", 1, 1000);
      Checks.range(maxAgeDays == null ? 1 : maxAgeDays, "max_age_days", 1, 3650);
      clear = Checks.list(clear, "clear", CLEARABLE.size());
      if (!CLEARABLE.containsAll(clear)) {
        throw Failure.badRequest("`clear` may name tags, owner, expires_at and max_age_days only");
      }
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param version the one that was told to rest; a newer one is left alone
   * @param until at most 31 days from now
   * @param reason rate-limit, daily-quota or spend-limit
   */
  public record CoolKey(String keyId, int version, Instant until, String reason, String by) {
    public CoolKey {
      Checks.name(keyId, "key_id");
      if (until == null) {
        throw Failure.badRequest("`until` is required");
      }
      Checks.name(reason, "reason");
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param provider only this provider's keys, or null for all
   */
  public record ValidateAll(String provider, String by) {
    public ValidateAll {
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param checks one for each key that is not revoked, in the order of the list of keys
   */
  public record KeyChecks(List<KeyCheck> checks) {
    public KeyChecks {
      checks = List.copyOf(checks);
    }
  }
}
