package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.CountDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** {@code models/{m}:countTokens}. */
public final class CountTokens implements CountDialect {
  private static final String WHOLE = "generateContentRequest";

  @Override
  public WireFormat format() {
    return WireFormat.GOOGLE_COUNT_TOKENS;
  }

  /**
   * What is to be counted: contents alone, or a whole request.
   *
   * @throws Failure BAD_REQUEST that names what cannot be expressed
   */
  @Override
  public ChatRequest request(Fields body) {
    var camel = CamelNames.of(body);
    var whole = camel.object(WHOLE);
    if (whole == null) {
      return GenerateContent.read(camel);
    }
    camel.checkOnly(Set.of("model", WHOLE), Map.of());
    return GenerateContent.read(whole);
  }

  @Override
  public Buffer answer(long tokens) {
    return new JsonObject().put("totalTokens", tokens).toBuffer();
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return GoogleErrors.of(failure, requestId);
  }
}
