package io.commandcenter.akm.bench;

import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.vault.LeasePaths;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What a lease costs, as medians over many rounds after a warm-up, on one event loop: {@code mvn
 * -Pbench test-compile exec:java -Dbench=lease}.
 */
public final class LeaseBenchmark {
  private static final int WARM_UP = 200;
  private static final int ROUNDS = 1000;
  private static final int CACHED_IN_A_ROUND = 1000;

  private LeaseBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    var folder = Files.createTempDirectory("akm-bench");
    try (var paths = new LeasePaths(folder)) {
      report("cached lease, in process", 2_000, CACHED_IN_A_ROUND, paths, paths::cached);
      report("cached lease, over the bus", 0, CACHED_IN_A_ROUND, paths, paths::cachedOverTheBus);
      report("sealed read (row, decrypt, audit commit)", 1_000_000, 1, paths, paths::sealed);
    } finally {
      Folders.delete(folder);
    }
  }

  /**
   * @param goalNanos 0 for none
   */
  private static void report(
      String what, long goalNanos, int inARound, LeasePaths paths, Supplier<Future<Lease>> lease) {
    long[] nanos = new long[WARM_UP + ROUNDS];
    for (int round = 0; round < nanos.length; round++) {
      nanos[round] = round(inARound, paths, lease);
    }
    long[] measured = Arrays.copyOfRange(nanos, WARM_UP, nanos.length);
    Arrays.sort(measured);
    long median = measured[measured.length / 2];
    long p95 = measured[measured.length * 95 / 100];
    System.out.printf(
        "%-42s median %,9d ns, p95 %,9d ns%s%n",
        what,
        median,
        p95,
        goalNanos == 0
            ? ""
            : ", goal < %,d ns: ".formatted(goalNanos) + (median < goalNanos ? "met" : "MISSED"));
  }

  /** Nanoseconds for one lease, one after the other. */
  private static long round(int leases, LeasePaths paths, Supplier<Future<Lease>> lease) {
    Promise<Long> took = Promise.promise();
    paths
        .vertx()
        .runOnContext(
            v -> {
              long start = System.nanoTime();
              next(leases, lease, () -> took.complete((System.nanoTime() - start) / leases));
            });
    return took.future().await();
  }

  /** In a loop while the leases are there at once, so that the stack stays flat. */
  private static void next(int left, Supplier<Future<Lease>> lease, Runnable end) {
    int still = left;
    while (still > 0) {
      still--;
      var taken = lease.get();
      if (!taken.isComplete()) {
        int rest = still;
        taken.onSuccess(there -> next(rest, lease, end)).onFailure(LeaseBenchmark::stop);
        return;
      }
    }
    end.run();
  }

  private static void stop(Throwable cause) {
    throw new IllegalStateException(cause);
  }
}
