package io.commandcenter.akm.contract;

import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The vault's calls for an emergency: nobody may use a key, a provider's keys or any. */
public final class PanicCalls {
  public static final Call<FreezeKeys, Frozen> FREEZE =
      Call.cluster(
          "akm.vault.freeze.v1",
          FreezeKeys.class,
          Frozen.class,
          "Freezes a key, a provider or everything at once, and says who leased the keys.",
          Code.NOT_FOUND,
          Code.UNKNOWN_PROVIDER,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<ThawKeys, Thawed> THAW =
      Call.cluster(
          "akm.vault.thaw.v1",
          ThawKeys.class,
          Thawed.class,
          "Undoes a freeze; another one that covers the same keys stands.",
          Code.NOT_FOUND,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<ShowFreezes, FreezeList> FREEZES =
      Call.cluster(
          "akm.vault.freezes.v1",
          ShowFreezes.class,
          FreezeList.class,
          "What is frozen, the oldest first.",
          Code.SEALED);
  public static final Call<ListLeases, LeasePage> LEASES =
      Call.cluster(
          "akm.vault.leases.v1",
          ListLeases.class,
          LeasePage.class,
          "Who leased these keys, newest first, as the audit log has it.",
          Code.SEALED);

  public static final List<Call<?, ?>> ALL = List.of(FREEZE, THAW, FREEZES, LEASES);

  private PanicCalls() {}

  /**
   * One of key_id, provider and all.
   *
   * @param all true for every key, those added later too
   * @param reason why, in a few words without blanks, for example leaked; or null
   * @param since leases from then on are listed; null for the last 24 hours
   */
  public record FreezeKeys(
      String keyId, String provider, Boolean all, String reason, Instant since, String by) {
    public FreezeKeys {
      one(keyId, provider, all);
      if (reason != null) {
        Checks.name(reason, "reason");
      }
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param scope {@code all}, {@code provider:<name>} or {@code key:<id>}
   * @param keys those that are frozen by it now
   * @param leasesRevoked on the node that answers; the others revoke theirs when they hear of it
   * @param since of the leases
   */
  public record Frozen(
      String scope, List<KeyInfo> keys, int leasesRevoked, Instant since, LeasePage leases) {
    public Frozen {
      keys = List.copyOf(keys);
    }
  }

  /** One of key_id, provider and all, as it was frozen. */
  public record ThawKeys(String keyId, String provider, Boolean all, String by) {
    public ThawKeys {
      one(keyId, provider, all);
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param keys those it lay over; frozen is still true where another freeze does
   */
  public record Thawed(String scope, List<KeyInfo> keys) {
    public Thawed {
      keys = List.copyOf(keys);
    }
  }

  public record ShowFreezes() {}

  public record FreezeList(List<FreezeInfo> freezes) {
    public FreezeList {
      freezes = List.copyOf(freezes);
    }
  }

  /**
   * @param scope {@code all}, {@code provider:<name>} or {@code key:<id>}
   */
  public record FreezeInfo(String scope, Instant at, String by, String reason) {}

  /**
   * @param keyIds at most 1000
   * @param limit 1 to 500, 100 if null
   * @param before only leases with a smaller seq, for the next page
   */
  public record ListLeases(List<String> keyIds, Instant since, Integer limit, Long before) {
    public ListLeases {
      keyIds = Checks.list(keyIds, "key_ids", 1000);
      since = since == null ? Instant.EPOCH : since;
      limit = (int) Checks.range(limit == null ? 100 : limit, "limit", 1, 500);
    }
  }

  /**
   * @param next pass it as {@code before} for the next page; null at the end
   */
  public record LeasePage(List<LeaseUse> rows, Long next) {
    public LeasePage {
      rows = List.copyOf(rows);
    }
  }

  /**
   * @param seq of the audit row
   * @param outcome ok or denied
   * @param detail as in the audit log: version, fingerprint, request
   */
  public record LeaseUse(
      long seq, String keyId, Instant at, String principal, String outcome, String detail) {}

  private static void one(String keyId, String provider, Boolean all) {
    if (Stream.of(keyId, provider, Boolean.TRUE.equals(all) ? all : null)
            .filter(Objects::nonNull)
            .count()
        != 1) {
      throw Failure.badRequest("give one of `key_id`, `provider` and `all`: true");
    }
    if (keyId != null) {
      Checks.name(keyId, "key_id");
    }
    if (provider != null) {
      Checks.name(provider, "provider");
    }
  }
}
