package io.commandcenter.akm.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** OpenAI's side of Chat Completions and embeddings. */
final class OpenAiDialect implements Dialect {
  private static final Pattern REASONING = Pattern.compile("o\\d.*|gpt-(?:[5-9]|\\d\\d).*");
  private static final long CREATED = 1_795_341_600;

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
    if (method != HttpMethod.GET || !path.equals("/v1/models")) {
      return Optional.empty();
    }
    var model =
        new JsonObject()
            .put("id", "gpt-6.1-terra")
            .put("object", "model")
            .put("created", CREATED)
            .put("owned_by", "openai")
            .putNull("shutdown_date");
    return Optional.of(
        identified(
            Reply.ok(
                new JsonObject().put("object", "list").put("data", new JsonArray().add(model)))));
  }

  @Override
  public Ask read(String path, MultiMap headers, JsonObject body) {
    return switch (path) {
      case "/v1/chat/completions" -> chat(body);
      case "/v1/embeddings" ->
          new Ask.Embed(Texts.required(body, "model"), Texts.inputs(body, "input"));
      default -> throw new Malformed("Unknown request URL");
    };
  }

  private static Ask chat(JsonObject body) {
    var isReasoning = REASONING.matcher(Texts.required(body, "model")).matches();
    if (isReasoning) {
      for (var refused : List.of("max_tokens", "stop", "temperature")) {
        if (body.containsKey(refused)) {
          throw new Malformed(
              "Unsupported parameter: '" + refused + "' is not supported with this model.");
        }
      }
    }
    return Texts.chat(
        body,
        List.of("system", "developer", "user", "assistant"),
        Texts.limit(body, isReasoning ? "max_completion_tokens" : "max_tokens"));
  }

  @Override
  public Reply answer(Ask ask, Answer answer) {
    var body = new JsonObject().put("model", ask.model());
    return identified(
        Reply.ok(ask instanceof Ask.Embed ? embeddings(body, answer) : completion(body, answer)));
  }

  private static JsonObject completion(JsonObject body, Answer answer) {
    var message =
        new JsonObject()
            .put("role", "assistant")
            .put("content", answer.text())
            .putNull("refusal")
            .put("annotations", new JsonArray());
    var choice =
        new JsonObject()
            .put("index", 0)
            .put("message", message)
            .putNull("logprobs")
            .put("finish_reason", answer.isCut() ? "length" : "stop");
    var usage =
        new JsonObject()
            .put("prompt_tokens", answer.inputTokens())
            .put("completion_tokens", answer.outputTokens())
            .put("total_tokens", answer.inputTokens() + answer.outputTokens())
            .put("prompt_tokens_details", new JsonObject().put("cached_tokens", 0))
            .put("completion_tokens_details", new JsonObject().put("reasoning_tokens", 0));
    return body.put("id", "chatcmpl-simulated")
        .put("object", "chat.completion")
        .put("created", CREATED)
        .put("choices", new JsonArray().add(choice))
        .put("usage", usage)
        .put("service_tier", "default");
  }

  private static JsonObject embeddings(JsonObject body, Answer answer) {
    var data = new JsonArray();
    for (int i = 0; i < answer.vectors().size(); i++) {
      data.add(
          new JsonObject()
              .put("object", "embedding")
              .put("index", i)
              .put("embedding", answer.vectors().get(i)));
    }
    return body.put("object", "list")
        .put("data", data)
        .put(
            "usage",
            new JsonObject()
                .put("prompt_tokens", answer.inputTokens())
                .put("total_tokens", answer.inputTokens()));
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
    return reply.with("x-request-id", "req_simulated").with("openai-version", "2020-10-01");
  }
}
