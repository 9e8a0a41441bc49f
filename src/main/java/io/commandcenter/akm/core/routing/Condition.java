package io.commandcenter.akm.core.routing;

/** A provider's health as routing sees it; a provider never used is UNKNOWN and may be used. */
public enum Condition {
  UP,
  DOWN,
  /** Recovering: one request at a time. */
  PROBING,
  UNKNOWN
}
