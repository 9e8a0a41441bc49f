package io.commandcenter.akm.core.routing;

/**
 * A key as routing sees it.
 *
 * @param usable false if disabled, expired, draining, revoked or frozen
 * @param weight share of its provider's traffic
 * @param frozen whether a panic keeps it from use
 */
public record KeyFacts(String id, String label, int weight, boolean usable, boolean frozen) {
  public KeyFacts {
    usable = usable && !frozen;
  }

  public KeyFacts(String id, String label, int weight, boolean usable) {
    this(id, label, weight, usable, false);
  }
}
