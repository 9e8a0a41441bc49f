package io.commandcenter.akm.gateway.dialect;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.EmbedRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** One call that is answered by vectors. */
public interface EmbedDialect extends Dialect {
  WireFormat format();

  /**
   * @throws Failure BAD_REQUEST that names what cannot be expressed
   */
  EmbedRequest request(Fields body);

  /**
   * @param vectors in the order of the inputs
   */
  Buffer answer(List<List<Double>> vectors, Given given);
}
