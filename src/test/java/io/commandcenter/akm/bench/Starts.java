package io.commandcenter.akm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a user waits for the first answer after a start, with and without an archive of classes.
 */
final class Starts {
  private final Akm akm;
  private final Path archive;
  private final long end;
  private final List<Double> plain = new ArrayList<>();
  private final List<Double> archived = new ArrayList<>();

  /**
   * @param end after which none begins, in {@link System#nanoTime()}
   */
  Starts(Akm akm, Path folder, long end) {
    this.akm = akm;
    this.end = end;
    archive = folder.resolve("akm.cache").toAbsolutePath();
  }

  /** One of each in turn, because the machine is not the same from one minute to the next. */
  void measure() throws IOException, InterruptedException {
    if (inTime()) {
      plain.add(akm.firstAnswer());
    }
    if (Akm.hasJar() && !Files.exists(archive) && inTime()) {
      akm.firstAnswer(making() + archive);
    }
    if (Files.exists(archive) && inTime()) {
      archived.add(akm.firstAnswer(using() + archive));
    }
  }

  private boolean inTime() {
    return System.nanoTime() < end;
  }

  /** Milliseconds, the median. */
  double plain() {
    return median(plain);
  }

  /** Milliseconds, the median; NaN without a jar, which an archive needs. */
  double archived() {
    return median(archived);
  }

  private static double median(List<Double> values) {
    return Percentiles.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static String making() {
    return hasCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
  }

  private static String using() {
    return hasCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
  }

  /** JDK 25 makes a cache of more than classes in one step. */
  private static boolean hasCache() {
    return Runtime.version().feature() >= 25;
  }
}
