package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.ChatDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;

/** {@code POST /v1/messages}. */
public final class Messages implements ChatDialect {
  @Override
  public WireFormat format() {
    return WireFormat.ANTHROPIC_MESSAGES;
  }

  @Override
  public ChatRequest request(Fields body) {
    return MessageRequest.read(body, true);
  }

  @Override
  public Buffer answer(ChatAnswer answer, Given given) {
    return MessageReply.of(answer, given).toBuffer();
  }

  @Override
  public StreamWriter writer(Given given) {
    return new MessageStream(given);
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return AnthropicErrors.of(failure, requestId).toBuffer();
  }
}
