package io.commandcenter.akm.bench;

/**
 * {@code mvn -Pbench test-compile exec:java}: the lease and the gateway, or the one that {@code
 * -Dbench} names: lease, gateway, mcp or mcp-load.
 */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    var which = System.getProperty("bench", "both");
    switch (which) {
      case "lease" -> LeaseBenchmark.main(arguments);
      case "gateway" -> GatewayBenchmark.main(arguments);
      case "mcp" -> McpBenchmark.main(arguments);
      case "mcp-load" -> McpLoadBenchmark.main(arguments);
      case "both" -> {
        LeaseBenchmark.main(arguments);
        GatewayBenchmark.main(arguments);
      }
      default ->
          throw new IllegalArgumentException(
              "-Dbench is lease, gateway, both, mcp or mcp-load: " + which);
    }
  }
}
