package io.commandcenter.akm.core.names;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Names that never repeat, also not after a restart or on another node. Random bytes are fetched
 * for many names at once: one at a time costs more than the rest of a request's bookkeeping.
 */
public final class RandomIds {
  private static final int FETCHED = 4096;

  private static final class Stock {
    final byte[] bytes = new byte[FETCHED];
    int used = FETCHED;
  }

  private final SecureRandom random;
  private final ThreadLocal<Stock> stocks = ThreadLocal.withInitial(Stock::new);

  public RandomIds(SecureRandom random) {
    this.random = random;
  }

  /**
   * @param bytes of randomness, 1 to 64
   * @return prefix, an underscore and two hexadecimal digits a byte
   */
  public String next(String prefix, int bytes) {
    var stock = stocks.get();
    if (stock.used + bytes > FETCHED) {
      random.nextBytes(stock.bytes);
      stock.used = 0;
    }
    var id = prefix + "_" + HexFormat.of().formatHex(stock.bytes, stock.used, stock.used + bytes);
    stock.used += bytes;
    return id;
  }
}
