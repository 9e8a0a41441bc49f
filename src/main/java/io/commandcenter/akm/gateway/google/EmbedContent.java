package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.EmbedRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.EmbedDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code models/{m}:embedContent}: one text. */
public final class EmbedContent implements EmbedDialect {
  @Override
  public WireFormat format() {
    return WireFormat.GOOGLE_EMBED;
  }

  @Override
  public EmbedRequest request(Fields body) {
    var read = Embedded.of(CamelNames.of(body));
    return new EmbedRequest(List.of(read.text()), read.dimensions());
  }

  @Override
  public Buffer answer(List<List<Double>> vectors, Given given) {
    return new JsonObject().put("embedding", Embedded.vector(vectors.get(0))).toBuffer();
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return GoogleErrors.of(failure, requestId);
  }
}
