package io.commandcenter.akm.gateway.dialect;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.vertx.core.buffer.Buffer;

/** One call that is answered by a number of tokens. */
public interface CountDialect extends Dialect {
  WireFormat format();

  /**
   * @throws Failure BAD_REQUEST that names what cannot be counted
   */
  ChatRequest request(Fields body);

  Buffer answer(long tokens);
}
