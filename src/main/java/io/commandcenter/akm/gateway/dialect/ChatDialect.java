package io.commandcenter.akm.gateway.dialect;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.vertx.core.buffer.Buffer;

/** One call that is answered by a model. Stateless; what belongs to one stream is its writer. */
public interface ChatDialect extends Dialect {
  WireFormat format();

  /**
   * The request in no dialect. Only a request that goes to a provider of another dialect is read.
   *
   * @throws Failure BAD_REQUEST that names what cannot be expressed; nothing is dropped in silence
   */
  ChatRequest request(Fields body);

  /** A whole answer of another dialect, as this one's body. */
  Buffer answer(ChatAnswer answer, Given given);

  /** Of one stream of another dialect. */
  StreamWriter writer(Given given);

  /** The same as one JSON array, where the dialect has that form. */
  default StreamWriter arrayWriter(Given given) {
    return writer(given);
  }
}
