package io.commandcenter.akm.core.routing;

import java.util.Locale;

/** What a request wants of a model. */
public enum Operation {
  CHAT,
  EMBEDDINGS;

  /** {@code chat} or {@code embeddings}: on the wire, and the task of a request that names none. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }
}
