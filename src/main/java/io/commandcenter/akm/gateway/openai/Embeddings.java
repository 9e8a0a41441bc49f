package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.EmbedRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.EmbedDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/embeddings}. */
public final class Embeddings implements EmbedDialect {
  private static final int MAX_INPUTS = 2048;
  private static final String BASE64 = "base64";

  @Override
  public WireFormat format() {
    return WireFormat.OPENAI_EMBEDDINGS;
  }

  @Override
  public EmbedRequest request(Fields body) {
    body.checkOnly(Set.of("model", "input", "encoding_format", "dimensions", "user"), Map.of());
    body.word("encoding_format", List.of("float", BASE64));
    if (body.json().getValue("input") instanceof JsonArray input
        && !input.isEmpty()
        && !(input.getValue(0) instanceof String)) {
      throw body.refusal(
          "input", "as tokens means something to one provider's models only; send texts");
    }
    var input = body.texts("input");
    if (input.isEmpty() || input.size() > MAX_INPUTS || input.contains("")) {
      throw body.refusal(
          "input", "is required: a text or up to " + MAX_INPUTS + " texts, none of them empty");
    }
    return new EmbedRequest(input, body.count("dimensions"));
  }

  @Override
  public Buffer answer(List<List<Double>> vectors, Given given) {
    var packed = BASE64.equals(given.asked().json().getValue("encoding_format"));
    var data = new JsonArray();
    for (int i = 0; i < vectors.size(); i++) {
      var vector = vectors.get(i);
      data.add(
          new JsonObject()
              .put("object", "embedding")
              .put("index", i)
              .put("embedding", packed ? packed(vector) : new JsonArray(vector)));
    }
    var usage = given.served().usage();
    var tokens = usage == null ? 0 : usage.total();
    return new JsonObject()
        .put("object", "list")
        .put("data", data)
        .put("model", given.served().model())
        .put("usage", new JsonObject().put("prompt_tokens", tokens).put("total_tokens", tokens))
        .toBuffer();
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return OpenAiErrors.of(failure, requestId).toBuffer();
  }

  /** 32-bit floats, little endian. */
  private static String packed(List<Double> vector) {
    var bytes = ByteBuffer.allocate(vector.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    vector.forEach(value -> bytes.putFloat(value.floatValue()));
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
