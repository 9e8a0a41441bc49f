package io.commandcenter.akm.contract;

import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.crypto.Secret;
import java.time.Instant;
import java.util.List;

/**
 * The vault's calls about one-time pages, on which a person enters a key outside any model's
 * context.
 */
public final class EntryCalls {
  /** Context member of a refusal that {@link SubmitEntry#anyway} would overrule. */
  public static final String MAY_STORE_ANYWAY = "may_store_anyway";

  /** Context member of a refusal because the page is bound to another browser. */
  public static final String OTHER_BROWSER = "other_browser";

  public static final Call<BeginEntry, EntryLink> BEGIN_ENTRY =
      Call.cluster(
          "akm.vault.begin-entry.v1",
          BeginEntry.class,
          EntryLink.class,
          "Opens a one-time page on which a person enters a new key, or the next version of one.",
          Code.UNKNOWN_PROVIDER,
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.RATE_LIMITED,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<ShowEntry, EntryView> SHOW_ENTRY =
      Call.node(
          "akm.vault.show-entry.v1",
          ShowEntry.class,
          EntryView.class,
          "What a one-time page asks for.",
          Code.GONE,
          Code.FORBIDDEN,
          Code.SEALED);
  public static final Call<UnlockEntry, EntryView> UNLOCK_ENTRY =
      Call.node(
          "akm.vault.unlock-entry.v1",
          UnlockEntry.class,
          EntryView.class,
          "Binds a one-time page to the browser in which its confirmation code was entered.",
          Code.GONE,
          Code.FORBIDDEN,
          Code.SEALED);
  public static final Call<SubmitEntry, StoredEntry> SUBMIT_ENTRY =
      Call.node(
          "akm.vault.submit-entry.v1",
          SubmitEntry.class,
          StoredEntry.class,
          "Checks what a person entered, asks the provider, and seals it; uses the link up.",
          Code.GONE,
          Code.FORBIDDEN,
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.UNKNOWN_PROVIDER,
          Code.KEY_IN_ARGUMENT);
  public static final Call<AskEntry, EntryStatus> STATUS =
      Call.cluster(
          "akm.vault.entry-status.v1",
          AskEntry.class,
          EntryStatus.class,
          "What became of a one-time page, for whoever asked for it; known for an hour.",
          Code.NOT_FOUND,
          Code.SEALED);

  public static final List<Call<?, ?>> ALL =
      List.of(BEGIN_ENTRY, SHOW_ENTRY, UNLOCK_ENTRY, SUBMIT_ENTRY, STATUS);

  private EntryCalls() {}

  /**
   * @param purpose {@code add} or {@code rotate}
   * @param label of the new key, or of the key to rotate
   * @param by the id of the token that asks: it must still be in force when the key is entered. Or
   *     the name of a service of the bus, which has no token
   * @param terms what is to hold for the key; null for nothing
   */
  public record BeginEntry(
      String purpose, String provider, String label, String by, EntryTerms terms) {
    public BeginEntry {
      if (!"add".equals(purpose) && !"rotate".equals(purpose)) {
        throw Failure.badRequest("`purpose` must be add or rotate");
      }
      Checks.name(provider, "provider");
      Checks.name(label, "label");
      Checks.text(by, "by", 128);
      terms = terms == null ? EntryTerms.NONE : terms;
      terms.checkFor(purpose);
    }

    public BeginEntry(String purpose, String provider, String label, String by) {
      this(purpose, provider, label, by, null);
    }
  }

  /**
   * What is said of a key before a person enters it. To add one: weight, expiresAt, tags, owner,
   * maxAgeDays, purpose (inference or minting). To rotate one: graceSeconds, canaryPercent. Each
   * may be null.
   *
   * @param graceSeconds as in {@link RotationCalls.RotateKey}
   * @param canaryPercent share of the traffic that tries the new version first, 0 to 100
   */
  public record EntryTerms(
      Integer weight,
      Instant expiresAt,
      List<String> tags,
      String owner,
      Integer maxAgeDays,
      String purpose,
      Long graceSeconds,
      Integer canaryPercent) {
    static final EntryTerms NONE = new EntryTerms(null, null, null, null, null, null, null, null);

    public EntryTerms {
      tags = Checks.tags(tags, "tags");
      Checks.printable(owner, "owner", 128);
      if (purpose != null) {
        VaultCalls.newPurpose(purpose);
      }
      range(weight, "weight", 1, 1000);
      range(maxAgeDays, "max_age_days", 1, 3650);
      range(graceSeconds, "grace_seconds", 0, 604_800);
      range(canaryPercent, "canary_percent", 0, 100);
    }

    public static EntryTerms ofNew(
        Integer weight,
        Instant expiresAt,
        List<String> tags,
        String owner,
        Integer maxAgeDays,
        String purpose) {
      return new EntryTerms(weight, expiresAt, tags, owner, maxAgeDays, purpose, null, null);
    }

    public static EntryTerms ofNext(Long graceSeconds, Integer canaryPercent) {
      return new EntryTerms(null, null, null, null, null, null, graceSeconds, canaryPercent);
    }

    private static void range(Number value, String field, long min, long max) {
      if (value != null) {
        Checks.range(value.longValue(), field, min, max);
      }
    }

    /** What could not be kept is refused: dropping it in silence would surprise. */
    private void checkFor(String purpose) {
      var ofNew =
          weight != null
              || expiresAt != null
              || !tags.isEmpty()
              || owner != null
              || maxAgeDays != null
              || this.purpose != null;
      var ofNext = graceSeconds != null || canaryPercent != null;
      if ("add".equals(purpose) ? ofNext : ofNew) {
        throw Failure.badRequest(
            "add".equals(purpose)
                ? "`grace_seconds` and `canary_percent` are for a rotation; leave them out"
                : "a rotation takes `grace_seconds` and `canary_percent` only; change the rest at"
                    + " the key");
      }
    }
  }

  /**
   * @param entryId names the entry in facts; it does not open the page
   * @param url opens the page once, until it expires
   * @param code the page asks for it; it stands in this answer only, so whoever finds the link
   *     alone cannot use it
   */
  public record EntryLink(
      String entryId, String url, String code, String provider, String label, Instant expiresAt) {
    @Override
    public String toString() {
      return "EntryLink[" + entryId + "]";
    }
  }

  /**
   * @param token the last path segment of the link
   * @param browser what this browser was given to be known again, or null
   */
  public record ShowEntry(String token, String browser) {
    public ShowEntry {
      Checks.text(token, "token", 128);
      Checks.optionalText(browser, "browser", 128);
    }

    @Override
    public String toString() {
      return "ShowEntry[…]";
    }
  }

  /**
   * @param host of the provider's endpoint, as the key will be sent there
   * @param locked whether the confirmation code has not been entered yet
   */
  public record EntryView(
      String purpose,
      String provider,
      String host,
      String label,
      String initiatedBy,
      Instant expiresAt,
      boolean locked) {}

  /**
   * @param code as it was entered; may be blank if this browser has entered it before
   * @param browser random, from a cookie
   */
  public record UnlockEntry(String token, String code, String browser) {
    public UnlockEntry {
      Checks.text(token, "token", 128);
      Checks.optionalText(code, "code", 64);
      Checks.text(browser, "browser", 128);
    }

    @Override
    public String toString() {
      return "UnlockEntry[…]";
    }
  }

  /**
   * @param browser the one that has unlocked the page
   * @param anyway store it although it looks like another provider's
   */
  public record SubmitEntry(String token, String browser, Secret secret, boolean anyway) {
    public SubmitEntry {
      Checks.text(token, "token", 128);
      Checks.text(browser, "browser", 128);
    }

    @Override
    public String toString() {
      return "SubmitEntry[…]";
    }
  }

  /**
   * @param check what the provider said: an outcome of {@link VaultCalls.KeyCheck}, never invalid
   *     or expired
   * @param detail the same in one sentence of ours
   */
  public record StoredEntry(KeyInfo key, String check, String detail) {}

  /**
   * @param by who asks: only who began the entry is told
   * @param any whether to tell of everybody's entries
   */
  public record AskEntry(String entryId, String by, boolean any) {
    public AskEntry {
      Checks.name(entryId, "entry_id");
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param state open, stored, expired or closed
   * @param reason why it was closed: wrong-code, too-many-keys or asker-revoked; null otherwise
   * @param key what was stored, masked; null if nothing was
   * @param check what the provider said of the stored key, as in {@link StoredEntry}
   */
  public record EntryStatus(
      String entryId,
      String purpose,
      String provider,
      String label,
      String state,
      String reason,
      Instant expiresAt,
      KeyInfo key,
      String check,
      String detail) {}
}
