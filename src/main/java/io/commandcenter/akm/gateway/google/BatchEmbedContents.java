package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.EmbedRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.EmbedDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.Members;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code models/{m}:batchEmbedContents}: several texts, of one model and one length. */
public final class BatchEmbedContents implements EmbedDialect {
  @Override
  public WireFormat format() {
    return WireFormat.GOOGLE_BATCH_EMBED;
  }

  @Override
  public EmbedRequest request(Fields body) {
    var camel = CamelNames.of(body);
    camel.checkOnly(Set.of("model", "requests"), Map.of());
    var requests = Members.objects(camel, "requests", Bounds.TURNS);
    if (requests.isEmpty()) {
      throw camel.refusal("requests", "must have at least one element");
    }
    var model = requests.get(0).text("model");
    var dimensions = Embedded.of(requests.get(0)).dimensions();
    var texts = new ArrayList<String>(requests.size());
    for (var request : requests) {
      var read = Embedded.of(request);
      if (!Objects.equals(model, request.text("model"))) {
        throw request.refusal("model", "must be the same in all requests");
      }
      if (!Objects.equals(dimensions, read.dimensions())) {
        throw request.refusal("outputDimensionality", "must be the same in all requests");
      }
      texts.add(read.text());
    }
    return new EmbedRequest(texts, dimensions);
  }

  @Override
  public Buffer answer(List<List<Double>> vectors, Given given) {
    var embeddings = new JsonArray();
    vectors.forEach(vector -> embeddings.add(Embedded.vector(vector)));
    var answer = new JsonObject().put("embeddings", embeddings);
    var usage = given.served().usage();
    if (usage != null) {
      answer.put("usageMetadata", new JsonObject().put("promptTokenCount", usage.prompt()));
    }
    return answer.toBuffer();
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return GoogleErrors.of(failure, requestId);
  }
}
