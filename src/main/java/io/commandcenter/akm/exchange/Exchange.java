package io.commandcenter.akm.exchange;

/** A running request, as its caller holds it. */
public interface Exchange {
  /**
   * The caller has left: the provider's answer is broken off and what was used is settled. Nothing
   * is told to the sink any more.
   */
  void cancel();

  /** The caller reads no further for now. */
  void pause();

  void resume();
}
