package io.commandcenter.akm.core.keys;

import java.util.List;

/**
 * What a person says of a key.
 *
 * @param owner who answers for it, or null
 * @param tags short words, in the order given
 * @param maxAgeDays how old a version may become before its rotation is due; null for no limit
 */
public record KeyAbout(KeyPurpose purpose, String owner, List<String> tags, Integer maxAgeDays) {
  /** A key for requests of which nothing more is said. */
  public static final KeyAbout NONE = new KeyAbout(KeyPurpose.INFERENCE, null, List.of(), null);

  public KeyAbout {
    tags = List.copyOf(tags);
  }

  public static KeyAbout of(KeyPurpose purpose) {
    return new KeyAbout(purpose, null, List.of(), null);
  }
}
