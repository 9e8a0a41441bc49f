package io.commandcenter.akm.simulator.ollama;

import io.commandcenter.akm.simulator.wire.Answer;
import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Bearer;
import io.commandcenter.akm.simulator.wire.Dialect;
import io.commandcenter.akm.simulator.wire.Frame;
import io.commandcenter.akm.simulator.wire.Incoming;
import io.commandcenter.akm.simulator.wire.Json;
import io.commandcenter.akm.simulator.wire.Reply;
import io.commandcenter.akm.simulator.wire.Streamed;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ollama's side of its own API. */
public final class OllamaDialect implements Dialect {
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
      case "/api/version" -> Optional.of(Reply.ok(Json.of("version", "0.24.0")));
      case "/api/tags" -> Optional.of(Reply.ok(Json.of("models", OllamaAnswers.models())));
      default -> Optional.empty();
    };
  }

  @Override
  public Ask read(Incoming request) {
    var body = request.body();
    return switch (request.path()) {
      case "/api/chat" -> OllamaRequests.chat(body);
      case "/api/generate" -> OllamaRequests.generate(body);
      case "/api/embed" -> OllamaRequests.embed(body);
      default -> throw new Malformed("no such path");
    };
  }

  @Override
  public Reply answer(Ask ask, Answer answer) {
    return Reply.ok(
        ask instanceof Ask.Chat chat
            ? OllamaAnswers.whole(chat, answer)
            : OllamaAnswers.embeddings(ask, answer));
  }

  @Override
  public Streamed stream(Ask.Chat ask, Answer answer, List<String> pieces) {
    return Streamed.of(
        "application/x-ndjson",
        Map.of(),
        OllamaAnswers.lines(ask, answer, pieces),
        Frame.line(Json.of("error", "an error was encountered while running the model"), false));
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
