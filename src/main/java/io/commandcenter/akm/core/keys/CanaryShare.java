package io.commandcenter.akm.core.keys;

/** Which requests try the new version: so many of a hundred, evenly spread. */
public final class CanaryShare {
  private CanaryShare() {}

  /**
   * Exactly {@code percent} of every hundred requests, as far apart as they can be.
   *
   * @param request counts from 0
   */
  public static boolean tries(long request, int percent) {
    return (request + 1) * percent / 100 > request * percent / 100;
  }
}
