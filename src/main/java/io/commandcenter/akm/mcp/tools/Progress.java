package io.commandcenter.akm.mcp.tools;

/** The way back to the client while a call runs. */
public interface Progress {
  /**
   * Tells the client, if it has asked for that, how far the call is.
   *
   * @param done grows with each report
   * @param total in the unit of {@code done}; null if it is not known
   * @param message one short sentence for a person; never a key
   */
  void report(double done, Double total, String message);

  /** Runs {@code stop} once when the client gives the call up; at once if it already has. */
  void onCancel(Runnable stop);
}
