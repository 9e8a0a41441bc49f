package io.commandcenter.akm.core.keys;

import java.util.Locale;

/** The stages of a rotation. */
public enum RotationState {
  /** A person still has to enter the key, or a minter to make it. */
  WAITING,
  /** The new version is sealed and is being checked at its provider, free of charge. */
  VALIDATING,
  /** A share of the key's requests tries the new version. */
  CANARY,
  /** The new version is current; the old one is kept until its grace period ends. */
  DRAINING,
  DONE,
  /** The new version was refused; the old one is current. */
  ROLLED_BACK,
  /** Ended by a person, or because nothing came; the old version is current. */
  CANCELLED;

  /** Whether it can still change. */
  public boolean running() {
    return ordinal() <= DRAINING.ordinal();
  }

  /** Lower case, as stored and shown. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static RotationState ofSlug(String slug) {
    return valueOf(slug.toUpperCase(Locale.ROOT));
  }
}
