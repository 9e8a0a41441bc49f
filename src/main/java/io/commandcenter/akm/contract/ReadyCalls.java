package io.commandcenter.akm.contract;

import java.util.List;

/** Each room's answer to readiness. */
public final class ReadyCalls {
  public static final Call<AskReady, Ready> VAULT = of("vault");
  public static final Call<AskReady, Ready> ACCESS = of("access");
  public static final Call<AskReady, Ready> ROUTER = of("router");
  public static final Call<AskReady, Ready> HEALTH = of("health");
  public static final Call<AskReady, Ready> USAGE = of("usage");
  public static final Call<AskReady, Ready> MCP = of("mcp");

  public static final List<Call<?, ?>> ALL = List.of(VAULT, ACCESS, ROUTER, HEALTH, USAGE, MCP);

  private ReadyCalls() {}

  private static Call<AskReady, Ready> of(String room) {
    return Call.cluster(
        "akm." + room + ".ready.v1",
        AskReady.class,
        Ready.class,
        "Whether the " + room + " room can serve.");
  }

  public record AskReady() {}

  /**
   * @param detail why not, or what is worth knowing
   */
  public record Ready(boolean ready, String detail) {}
}
