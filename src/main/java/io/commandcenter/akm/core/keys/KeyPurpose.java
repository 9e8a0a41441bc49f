package io.commandcenter.akm.core.keys;

import java.util.Locale;

/** What a key is kept for. */
public enum KeyPurpose {
  /** Sent with requests. */
  INFERENCE,
  /** Makes and revokes other keys at its provider; never routed to. */
  MINTING,
  /** A canary: it works nowhere, and its use raises an alert. */
  DECOY;

  /** Lower case, as stored and shown. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static KeyPurpose ofSlug(String slug) {
    return valueOf(slug.toUpperCase(Locale.ROOT));
  }
}
