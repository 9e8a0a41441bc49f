package io.commandcenter.akm.bench;

import java.util.ArrayList;
import java.util.List;

/** A program's memory, read every half second, and where it is going. */
final class McpMemory {
  private static final long EVERY_MS = 500;

  private final List<Double> mib = new ArrayList<>();
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * @param warmUpSeconds from now, which do not count
   */
  McpMemory(Program program, int warmUpSeconds) {
    thread =
        new Thread(
            () -> {
              Machine.pause(warmUpSeconds * 1_000L);
              while (!stopped) {
                add(program.residentMib());
                Machine.pause(EVERY_MS);
              }
            },
            "memory");
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void add(double read) {
    mib.add(read);
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  /** The mean of the first tenth. */
  synchronized double first() {
    return mean(mib.subList(0, tenth()));
  }

  /** The mean of the last tenth. */
  synchronized double last() {
    return mean(mib.subList(mib.size() - tenth(), mib.size()));
  }

  /** The slope of the line that fits best (least squares). */
  synchronized double mibPerMinute() {
    double middle = (mib.size() - 1) / 2.0;
    double mean = mean(mib);
    double above = 0;
    double below = 0;
    for (int i = 0; i < mib.size(); i++) {
      above += (i - middle) * (mib.get(i) - mean);
      below += (i - middle) * (i - middle);
    }
    return above / below * (60_000.0 / EVERY_MS);
  }

  private int tenth() {
    return Math.max(mib.size() / 10, Math.min(mib.size(), 1));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
