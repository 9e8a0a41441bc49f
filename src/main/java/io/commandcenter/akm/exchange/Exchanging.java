package io.commandcenter.akm.exchange;

/** Routes live requests. */
@FunctionalInterface
public interface Exchanging {
  /**
   * Starts a request. Everything happens on the caller's event loop; the sink may be told something
   * before this returns.
   */
  Exchange open(ExchangeRequest request, ExchangeSink sink);
}
