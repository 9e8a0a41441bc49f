package io.commandcenter.akm.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much is measured.
 *
 * @param rounds of everything but the held streams
 * @param windowMs of one measurement
 * @param warmUpMs of each gateway before the first
 * @param starts of the product, with and without an archive each
 * @param budgetMs after which nothing more is begun
 */
record Plan(int rounds, long windowMs, long warmUpMs, int starts, long budgetMs) {
  static final String HELD = "2,000 held streams, 20 chunks/s each";
  static final String FLAT_OUT = "64 streams flat out";
  static final String FIRST_TOKEN = "50 streams/s";

  private static final int HELD_STREAMS = 2_000;

  static Plan ofProperties() {
    boolean quick = Boolean.getBoolean("bench.quick");
    return new Plan(
        Integer.getInteger("bench.rounds", quick ? 1 : 3),
        Long.getLong("bench.window_ms", quick ? 700 : 1_500),
        Long.getLong("bench.warm_up_ms", quick ? 4_000 : 12_000),
        quick ? 1 : 3,
        1_000 * Long.getLong("bench.seconds", quick ? 70 : 330));
  }

  static String closed(int connections) {
    return connections == 1 ? "1 connection" : connections + " connections";
  }

  static String open(int perSecond) {
    return "%,d requests/s".formatted(perSecond);
  }

  /** In the order in which they are put on each target, every round. */
  Map<String, Load> loads() {
    var loads = new LinkedHashMap<String, Load>();
    for (int connections : new int[] {1, 16, 64, 256}) {
      loads.put(closed(connections), Load.closed(connections, windowMs));
    }
    for (int perSecond : new int[] {500, 2_000}) {
      loads.put(open(perSecond), Load.open(perSecond, windowMs));
    }
    loads.put(FLAT_OUT, Load.closed(64, windowMs).streaming(50, 0));
    loads.put(FIRST_TOKEN, Load.open(50, windowMs).streaming(20, 5));
    return loads;
  }

  /** The warm-up covers the second in which the streams begin. */
  Load held() {
    var closed = Load.closed(HELD_STREAMS, windowMs).streaming(120, 50);
    return new Load(
        closed.connections(), closed.perSecond(), closed.chunks(), closed.gapMs(), 3_000, windowMs);
  }
}
