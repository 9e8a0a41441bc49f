package io.commandcenter.akm.store;

import io.vertx.sqlclient.Row;
import java.time.Instant;

/** Instants as the columns hold them: milliseconds, null for none. */
final class Millis {
  private Millis() {}

  static Long of(Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  static Instant read(Row row, String column) {
    var millis = row.getLong(column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
