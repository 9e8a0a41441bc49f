package io.commandcenter.akm.bench;

import java.io.IOException;

/**
 * {@code mvn -Pbench test-compile exec:java}: both benchmarks, or the one that {@code
 * -Dbench=lease} or {@code -Dbench=gateway} names.
 */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var which = System.getProperty("bench", "both");
    switch (which) {
      case "lease" -> LeaseBenchmark.main(arguments);
      case "gateway" -> GatewayBenchmark.main(arguments);
      case "both" -> {
        LeaseBenchmark.main(arguments);
        GatewayBenchmark.main(arguments);
      }
      default -> throw new IllegalArgumentException("-Dbench is lease, gateway or both: " + which);
    }
  }
}
