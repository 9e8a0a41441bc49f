package io.commandcenter.akm.gateway.dialect;

/** How many of each thing one request may hold; above every provider's own limit in practice. */
public final class Bounds {
  public static final int TURNS = 10_000;
  public static final int PARTS = 1_000;
  public static final int TOOLS = 1_000;
  public static final int STOPS = 64;

  /** Characters of a tool's name or of a call's id. */
  public static final int NAME = 256;

  private Bounds() {}
}
