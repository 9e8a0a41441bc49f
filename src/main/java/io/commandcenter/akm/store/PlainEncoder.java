package io.commandcenter.akm.store;

import io.vertx.core.json.JsonArray;
import io.vertx.jdbcclient.spi.JDBCColumnDescriptorProvider;
import io.vertx.jdbcclient.spi.JDBCEncoder;
import io.vertx.sqlclient.Tuple;

/**
 * Binds parameters as they are: texts, numbers and byte arrays, which is all that the stores bind.
 * The client's own encoder asks the driver for each parameter's type, and SQLite's has none to
 * tell; that took three quarters of a write. Found by the service loader.
 */
public final class PlainEncoder implements JDBCEncoder {
  @Override
  public Object encode(JsonArray input, int position, JDBCColumnDescriptorProvider types) {
    return input.getValue(position - 1);
  }

  @Override
  public Object encode(Tuple input, int position, JDBCColumnDescriptorProvider types) {
    return input.getValue(position - 1);
  }
}
