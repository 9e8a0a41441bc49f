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
          Code.SEALED);
  public static final Call<SubmitEntry, KeyInfo> SUBMIT_ENTRY =
      Call.node(
          "akm.vault.submit-entry.v1",
          SubmitEntry.class,
          KeyInfo.class,
          "Seals what a person entered; uses the link up.",
          Code.GONE,
          Code.NOT_FOUND,
          Code.CONFLICT,
          Code.SEALED,
          Code.UNKNOWN_PROVIDER,
          Code.KEY_IN_ARGUMENT);

  public static final List<Call<?, ?>> ALL = List.of(BEGIN_ENTRY, SHOW_ENTRY, SUBMIT_ENTRY);

  private EntryCalls() {}

  /**
   * @param purpose {@code add} or {@code rotate}
   * @param label of the new key, or of the key to rotate
   */
  public record BeginEntry(String purpose, String provider, String label, String by) {
    public BeginEntry {
      if (!"add".equals(purpose) && !"rotate".equals(purpose)) {
        throw Failure.badRequest("`purpose` must be add or rotate");
      }
      Checks.name(provider, "provider");
      Checks.name(label, "label");
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param entryId names the entry in facts; it does not open the page
   * @param url opens the page once, until it expires
   */
  public record EntryLink(
      String entryId, String url, String provider, String label, Instant expiresAt) {}

  /**
   * @param token the last path segment of the link
   */
  public record ShowEntry(String token) {
    public ShowEntry {
      Checks.text(token, "token", 128);
    }

    @Override
    public String toString() {
      return "ShowEntry[…]";
    }
  }

  public record EntryView(
      String purpose, String provider, String label, String initiatedBy, Instant expiresAt) {}

  public record SubmitEntry(String token, Secret secret) {
    public SubmitEntry {
      Checks.text(token, "token", 128);
    }

    @Override
    public String toString() {
      return "SubmitEntry[…]";
    }
  }
}
