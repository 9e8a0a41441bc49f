package io.commandcenter.akm.contract;

import java.util.List;

/** The vault's calls about decoys: keys that work nowhere, and whose use raises an alert. */
public final class DecoyCalls {
  public static final Call<AddDecoy, MintedDecoy> ADD =
      Call.node(
          "akm.vault.add-decoy.v1",
          AddDecoy.class,
          MintedDecoy.class,
          "Makes a decoy in a provider's shape; it is shown this once, to be planted.",
          Code.UNKNOWN_PROVIDER,
          Code.CONFLICT,
          Code.SEALED,
          Code.KEY_IN_ARGUMENT);
  public static final Call<PresentedToken, Noted> PRESENTED =
      Call.node(
          "akm.vault.presented.v1",
          PresentedToken.class,
          Noted.class,
          "Somebody sent this in the place of a token of akm: if it is a decoy, people hear of it.",
          Code.SEALED);

  public static final List<Call<?, ?>> ALL = List.of(ADD, PRESENTED);

  private DecoyCalls() {}

  public record AddDecoy(String provider, String label, String by) {
    public AddDecoy {
      Checks.name(provider, "provider");
      Checks.name(label, "label");
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param key the decoy itself, to be planted; it is told this once
   */
  public record MintedDecoy(
      String keyId, String provider, String label, String masked, String key) {
    @Override
    public String toString() {
      return "MintedDecoy[" + keyId + "]";
    }
  }

  /**
   * @param token as it was presented
   * @param remote the address it came from
   */
  public record PresentedToken(String token, String remote) {
    public PresentedToken {
      Checks.text(token, "token", 256);
    }

    @Override
    public String toString() {
      return "PresentedToken[…]";
    }
  }

  /** The same whatever was presented. */
  public record Noted() {}
}
