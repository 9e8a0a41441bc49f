package io.commandcenter.akm.gateway;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/embeddings}. */
final class OpenAiEmbeddings implements Dialect {
  private static final Set<String> UNDERSTOOD = Set.of("model", "input", "user");
  // The official client libraries ask for base64 unless told otherwise.
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of("encoding_format", Set.of("float", "base64"));

  @Override
  public RouteRequest request(JsonObject body, String principal) {
    var fields = Fields.of(body);
    fields.checkOnly(UNDERSTOOD, NEUTRAL);
    var model = Model.of(fields.requiredText("model"), "embeddings");
    var input = fields.texts("input");
    if (input.isEmpty()) {
      throw fields.refusal("input", "is required: a string or an array of strings");
    }
    return new RouteRequest(
        model.task(),
        null,
        model.model(),
        null,
        null,
        null,
        input,
        null,
        null,
        null,
        null,
        null,
        null,
        principal);
  }

  @Override
  public JsonObject answer(RouteAnswer answer, JsonObject asked) {
    var base64 = "base64".equals(asked.getValue("encoding_format"));
    var rows = new JsonArray();
    for (int i = 0; i < answer.embeddings().size(); i++) {
      var vector = answer.embeddings().get(i);
      rows.add(
          new JsonObject()
              .put("object", "embedding")
              .put("index", i)
              .put("embedding", base64 ? packed(vector) : new JsonArray(vector)));
    }
    var tokens = answer.usage().totalTokens();
    return new JsonObject()
        .put("object", "list")
        .put("data", rows)
        .put("model", Served.by(answer).model())
        .put("usage", new JsonObject().put("prompt_tokens", tokens).put("total_tokens", tokens));
  }

  @Override
  public JsonObject error(Failure failure, String requestId) {
    return OpenAiErrors.of(failure, requestId);
  }

  /** 32-bit floats, little endian. */
  private static String packed(List<Double> vector) {
    var bytes = ByteBuffer.allocate(vector.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    vector.forEach(value -> bytes.putFloat(value.floatValue()));
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
