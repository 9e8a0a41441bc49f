package io.commandcenter.akm.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Ollama's side of its own API. */
final class OllamaDialect implements Dialect {
  private static final String CREATED = "2026-11-22T10:00:00.123456789Z";

  @Override
  public String name() {
    return "ollama";
  }

  @Override
  public String basePath() {
    return "";
  }

  @Override
  public Optional<String> credential(MultiMap headers) {
    return Bearer.of(headers);
  }

  @Override
  public boolean needsKey() {
    return false;
  }

  @Override
  public Optional<Reply> freeCall(HttpMethod method, String path) {
    if (method != HttpMethod.GET) {
      return Optional.empty();
    }
    return switch (path) {
      case "/api/version" -> Optional.of(Reply.ok(new JsonObject().put("version", "0.24.0")));
      case "/api/tags" ->
          Optional.of(
              Reply.ok(
                  new JsonObject()
                      .put(
                          "models",
                          new JsonArray()
                              .add(
                                  new JsonObject()
                                      .put("name", "llama3.2:latest")
                                      .put("model", "llama3.2:latest")))));
      default -> Optional.empty();
    };
  }

  @Override
  public Ask read(String path, MultiMap headers, JsonObject body) {
    return switch (path) {
      case "/api/chat" -> chat(body);
      case "/api/embed" ->
          new Ask.Embed(Texts.required(body, "model"), Texts.inputs(body, "input"));
      default -> throw new Malformed("no such path");
    };
  }

  private static Ask chat(JsonObject body) {
    if (!Boolean.FALSE.equals(body.getValue("stream"))) {
      // The real one would stream here; a caller that forgets this must notice.
      throw new Malformed("only stream:false is simulated");
    }
    var limit =
        body.getValue("options") instanceof JsonObject options
            ? Texts.limit(options, "num_predict")
            : Optional.<Integer>empty();
    return Texts.chat(body, List.of("system", "user", "assistant"), limit);
  }

  @Override
  public Reply answer(Ask ask, Answer answer) {
    var body = new JsonObject().put("model", ask.model());
    if (ask instanceof Ask.Embed) {
      body.put("embeddings", new JsonArray(answer.vectors()));
    } else {
      body.put("created_at", CREATED)
          .put("message", new JsonObject().put("role", "assistant").put("content", answer.text()))
          .put("done", true)
          .put("done_reason", answer.isCut() ? "length" : "stop")
          .put("eval_count", answer.outputTokens());
    }
    return Reply.ok(
        body.put("total_duration", 4_883_583_458L).put("prompt_eval_count", answer.inputTokens()));
  }

  @Override
  public Reply malformed(String why) {
    return error(400, why);
  }

  @Override
  public Reply wrongKey() {
    return error(401, "unauthorized");
  }

  @Override
  public Reply modelGone(String model) {
    return error(404, "model '" + model + "' not found");
  }

  @Override
  public Reply error(int status) {
    return switch (status) {
      case 401 -> wrongKey();
      case 402 -> error(402, "this account has no credit");
      case 403 -> error(403, "forbidden");
      case 404 -> modelGone("codellama");
      case 429 ->
          error(429, "you have reached your hourly usage limit, please upgrade to continue");
      case 500 -> error(500, "llama runner process has terminated: signal: killed");
      default ->
          status >= 500
              ? error(status, "server busy, please try again.  maximum pending requests exceeded")
              : error(status, "invalid request");
    };
  }

  private static Reply error(int status, String message) {
    return Reply.of(status, new JsonObject().put("error", message));
  }
}
