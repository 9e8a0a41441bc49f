package io.commandcenter.akm.contract;

/** How far a call may travel. */
public enum Reach {
  /** JSON on the wire: any Vert.x client of the same cluster can make the call. */
  CLUSTER,
  /**
   * By reference inside this process: may carry a {@code Secret}; encoding it for the wire throws.
   */
  NODE
}
