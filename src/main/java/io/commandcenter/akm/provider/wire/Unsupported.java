package io.commandcenter.akm.provider.wire;

import io.commandcenter.akm.contract.Failure;

/** What a provider's format cannot say is refused, never dropped in silence. */
public final class Unsupported {
  private Unsupported() {}

  /**
   * @param provider the name people know, or the model's
   * @param what for example {@code audio}
   */
  public static Failure by(String provider, String what) {
    return Failure.badRequest(
        provider + " does not take " + what + "; leave it out or use another provider.");
  }
}
