package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.CountDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** {@code POST /v1/messages/count_tokens}. */
public final class CountTokens implements CountDialect {
  @Override
  public WireFormat format() {
    return WireFormat.ANTHROPIC_COUNT_TOKENS;
  }

  /**
   * A message's body; its limit is not asked for.
   *
   * @throws Failure BAD_REQUEST that names what cannot be expressed
   */
  @Override
  public ChatRequest request(Fields body) {
    return MessageRequest.read(body, false);
  }

  /**
   * @param inputTokens of the whole prompt
   */
  @Override
  public Buffer answer(long inputTokens) {
    return new JsonObject().put("input_tokens", inputTokens).toBuffer();
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return AnthropicErrors.of(failure, requestId).toBuffer();
  }
}
