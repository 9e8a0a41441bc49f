package io.commandcenter.akm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long a user waits for the first answer after a start, with and without an archive of classes.
 */
final class Starts {
  private final Akm akm;
  private final Path archive;
  private final double[] plain;
  private final double[] archived;

  Starts(Akm akm, Path folder, int times) {
    this.akm = akm;
    archive = folder.resolve("akm.cache").toAbsolutePath();
    plain = new double[times];
    archived = new double[Akm.hasJar() ? times : 0];
  }

  /** In turns, because the machine is not the same from one minute to the next. */
  void measure() throws IOException, InterruptedException {
    if (archived.length > 0) {
      akm.firstAnswer(making() + archive);
      if (!Files.exists(archive)) {
        throw new IllegalStateException("this JVM has made no archive; see the log of akm");
      }
    }
    for (int i = 0; i < plain.length; i++) {
      plain[i] = akm.firstAnswer();
      if (archived.length > 0) {
        archived[i] = akm.firstAnswer(using() + archive);
      }
    }
  }

  /** Milliseconds, the median. */
  double plain() {
    return Percentiles.median(plain);
  }

  /** Milliseconds, the median; NaN without a jar, which an archive needs. */
  double archived() {
    return Percentiles.median(archived);
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
