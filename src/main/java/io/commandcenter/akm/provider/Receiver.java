package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.money.TokenUsage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** What becomes of one answer's bytes. */
interface Receiver {
  /** The head is here. */
  void head(int status, MultiMap headers);

  /** The next bytes; a reply that is not null ends the call there. */
  ProviderReply bytes(Buffer bytes);

  /** The answer has ended as HTTP goes. */
  ProviderReply end();

  /** The tokens that were used up to now, for a call that breaks. */
  TokenUsage soFar();
}
