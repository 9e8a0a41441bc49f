package io.commandcenter.akm.simulator.openai;

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

/** OpenAI's side of its API. */
public final class OpenAiDialect implements Dialect {
  private static final List<String> MODELS =
      List.of("gpt-6.1-terra", "gpt-6.1-sol", "gpt-4o", "text-embedding-3-small");
  private static final Map<String, String> HEADERS =
      Map.of(
          "x-request-id", "req_simulated",
          "openai-version", "2020-10-01",
          "x-ratelimit-limit-requests", "10000",
          "x-ratelimit-limit-tokens", "2000000",
          "x-ratelimit-remaining-requests", "9999",
          "x-ratelimit-remaining-tokens", "1999420",
          "x-ratelimit-reset-requests", "6ms",
          "x-ratelimit-reset-tokens", "17ms");

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public String basePath() {
    return "/v1";
  }

  @Override
  public Optional<String> credential(MultiMap headers) {
    return Bearer.of(headers);
  }

  @Override
  public boolean needsKey() {
    return true;
  }

  @Override
  public Optional<Reply> freeCall(HttpMethod method, String path) {
    if (method != HttpMethod.GET || !path.startsWith("/v1/models")) {
      return Optional.empty();
    }
    if (path.equals("/v1/models")) {
      var models = Json.list(MODELS.stream().map(OpenAiDialect::model).toList());
      return Optional.of(identified(Reply.ok(Json.of("object", "list", "data", models))));
    }
    var id = path.substring("/v1/models/".length());
    return Optional.of(MODELS.contains(id) ? identified(Reply.ok(model(id))) : modelGone(id));
  }

  private static JsonObject model(String id) {
    return Json.of(
        "id",
        id,
        "object",
        "model",
        "created",
        OpenAiAnswers.CREATED,
        "owned_by",
        "openai",
        "shutdown_date",
        null);
  }

  @Override
  public Ask read(Incoming request) {
    var body = request.body();
    return switch (request.path()) {
      case "/v1/chat/completions" -> OpenAiRequests.chat(body);
      case "/v1/completions" -> OpenAiRequests.completion(body);
      case "/v1/responses" -> ResponsesRequests.response(body);
      case "/v1/responses/input_tokens" -> ResponsesRequests.count(body);
      case "/v1/embeddings" -> OpenAiRequests.embeddings(body);
      default -> throw new Malformed("Unknown request URL");
    };
  }

  @Override
  public Reply answer(Ask ask, Answer answer) {
    return identified(Reply.ok(body(ask, answer)));
  }

  private static JsonObject body(Ask ask, Answer answer) {
    if (ask instanceof Ask.Embed embed) {
      return OpenAiAnswers.embeddings(embed, answer);
    }
    if (ask instanceof Ask.Chat chat) {
      return switch (chat.form()) {
        case ResponsesRequests.RESPONSE -> new ResponsesAnswers(chat, answer).response();
        case OpenAiRequests.COMPLETION -> OpenAiAnswers.completion(chat, answer);
        default -> OpenAiAnswers.chat(chat, answer);
      };
    }
    return Json.of("object", "response.input_tokens", "input_tokens", answer.inputTokens());
  }

  @Override
  public Streamed stream(Ask.Chat ask, Answer answer, List<String> pieces) {
    boolean isResponse = ask.form().equals(ResponsesRequests.RESPONSE);
    var error =
        Json.of(
            "message",
            "The server had an error. Sorry about that!",
            "type",
            "server_error",
            "param",
            null,
            "code",
            null);
    return Streamed.of(
        Streamed.SSE + "; charset=utf-8",
        HEADERS,
        isResponse
            ? new ResponsesAnswers(ask, answer).events(pieces)
            : OpenAiAnswers.chunks(ask, answer, pieces),
        isResponse
            ? Frame.event("error", error.put("type", "error").put("code", "server_error"), false)
            : Frame.data(Json.of("error", error), false));
  }

  @Override
  public Reply malformed(String why) {
    return error(400, "invalid_request_error", "invalid_value", why);
  }

  @Override
  public Reply wrongKey() {
    return error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.");
  }

  @Override
  public Reply modelGone(String model) {
    return error(
        404,
        "invalid_request_error",
        "model_not_found",
        "The model `" + model + "` does not exist or you do not have access to it.");
  }

  @Override
  public Reply error(int status) {
    return switch (status) {
      case 401 -> wrongKey();
      // OpenAI has no 402: an account without credit gets 429 with this code.
      case 402 ->
          error(
                  429,
                  "insufficient_quota",
                  "insufficient_quota",
                  "You exceeded your current quota, please check your plan and billing details.")
              .with("x-should-retry", "false");
      case 403 ->
          error(
              403,
              "request_forbidden",
              "unsupported_country_region_territory",
              "Country, region, or territory not supported");
      case 404 -> modelGone("gpt-4");
      case 429 -> rateLimited();
      case 503 ->
          error(
                  503,
                  "service_unavailable_error",
                  "server_is_overloaded",
                  "The engine is currently overloaded, please try again later.")
              .with("retry-after", "5");
      default ->
          status >= 500
              ? error(status, "server_error", null, "The server had an error. Sorry about that!")
              : error(status, "invalid_request_error", "invalid_value", "Invalid request");
    };
  }

  private static Reply rateLimited() {
    return error(429, "requests", "rate_limit_exceeded", "Rate limit reached on requests per min.")
        .with("retry-after", "20")
        .with("retry-after-ms", "19412")
        .with("x-ratelimit-remaining-requests", "0")
        .with("x-ratelimit-reset-requests", "20s")
        .with("x-should-retry", "true");
  }

  private static Reply error(int status, String type, String code, String message) {
    var error =
        new JsonObject()
            .put("message", message)
            .put("type", type)
            .putNull("param")
            .put("code", code);
    return identified(Reply.of(status, new JsonObject().put("error", error)));
  }

  private static Reply identified(Reply reply) {
    return reply.with(HEADERS);
  }
}
