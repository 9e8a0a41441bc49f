package io.commandcenter.akm.core.keys;

/**
 * What a panic freezes: one key, a provider's keys or all, those added later too.
 *
 * @param text {@code all}, {@code provider:<name>} or {@code key:<id>}
 */
public record FreezeScope(String text) {
  public static final FreezeScope ALL = new FreezeScope("all");

  public static FreezeScope ofProvider(String provider) {
    return new FreezeScope("provider:" + provider);
  }

  public static FreezeScope ofKey(String keyId) {
    return new FreezeScope("key:" + keyId);
  }

  public boolean covers(String provider, String keyId) {
    return equals(ALL) || equals(ofProvider(provider)) || equals(ofKey(keyId));
  }
}
