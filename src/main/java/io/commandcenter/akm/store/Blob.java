package io.commandcenter.akm.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;

/** Blob columns; the driver gives them as it likes. */
final class Blob {
  private Blob() {}

  /** Null for a null column. */
  static byte[] read(Row row, String column) {
    var value = row.getValue(column);
    return value instanceof Buffer buffer ? buffer.getBytes() : (byte[]) value;
  }
}
