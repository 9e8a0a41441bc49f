package io.commandcenter.akm.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants for people: to the second, in UTC. */
final class Moments {
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private Moments() {}

  /**
   * @param iso as the API gives it; null for none
   * @param none what stands for none
   */
  static String text(String iso, String none) {
    return iso == null ? none : TEXT.format(Instant.parse(iso));
  }

  static String text(String iso) {
    return text(iso, "");
  }
}
