package io.commandcenter.akm.gateway.dialect;

import io.commandcenter.akm.contract.Failure;
import io.vertx.core.buffer.Buffer;

/** The shape of errors, which all calls of one vendor's API share. */
public interface Dialect {
  /**
   * The body of an error answer, in this vendor's shape.
   *
   * @param requestId of this server, for people
   */
  Buffer error(Failure failure, String requestId);
}
