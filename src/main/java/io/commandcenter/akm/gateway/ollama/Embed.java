package io.commandcenter.akm.gateway.ollama;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.EmbedRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.EmbedDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.Members;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /api/embed}. */
public final class Embed implements EmbedDialect {
  // The last three say how a local model is kept and run.
  private static final Set<String> UNDERSTOOD =
      Set.of("model", "input", "dimensions", "truncate", "keep_alive", "options");
  private static final int MOST_DIMENSIONS = 100_000;

  @Override
  public WireFormat format() {
    return WireFormat.OLLAMA_EMBED;
  }

  @Override
  public EmbedRequest request(Fields body) {
    body.checkOnly(UNDERSTOOD, Map.of());
    var input = body.texts("input");
    if (input.isEmpty()) {
      throw body.refusal("input", "is required: a string or an array of strings");
    }
    return new EmbedRequest(input, Members.count(body, "dimensions", 1, MOST_DIMENSIONS));
  }

  @Override
  public Buffer answer(List<List<Double>> vectors, Given given) {
    var embeddings = new JsonArray();
    vectors.forEach(vector -> embeddings.add(new JsonArray(vector)));
    var answer = new JsonObject().put("model", given.model()).put("embeddings", embeddings);
    var usage = given.served().usage();
    if (usage != null) {
      Replies.putCount(answer, "prompt_eval_count", usage.prompt());
    }
    return answer.toBuffer();
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return OllamaErrors.of(failure, requestId);
  }
}
