package io.commandcenter.akm.core.routing;

import java.util.Locale;

/** Why a candidate was taken, or was not. */
public enum Reason {
  TASK_TARGET,
  PREFERRED,
  EXPLICIT_MODEL,
  FALLBACK_ORDER,
  LOAD_BALANCED,

  DISABLED,
  /** The asking token may not use it. */
  NOT_ALLOWED,
  NO_KEY,
  KEY_COOLING,
  KEY_FROZEN,
  UNHEALTHY,
  RATE_LIMITED,
  COOLING_DOWN,
  NO_PRICE,
  TOO_EXPENSIVE,
  NO_EMBEDDINGS,
  NO_MODEL,
  MODEL_NOT_OFFERED,
  /** Neither a target of the task nor a fallback. */
  NOT_IN_ORDER;

  /** {@code task-target}, {@code no-key} … as on the wire. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For a sentence: {@code task target}, {@code no key}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
