package io.commandcenter.akm.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Google's side of the Gemini API, version v1beta. */
final class GoogleDialect implements Dialect {
  private static final Pattern CALL =
      Pattern.compile(
          "/v1beta/models/([A-Za-z0-9._-]+):(generateContent|embedContent|batchEmbedContents)");

  @Override
  public String name() {
    return "google";
  }

  @Override
  public String basePath() {
    return "";
  }

  @Override
  public Optional<String> credential(MultiMap headers) {
    return Optional.ofNullable(headers.get("x-goog-api-key"));
  }

  @Override
  public boolean needsKey() {
    return true;
  }

  @Override
  public Optional<Reply> freeCall(HttpMethod method, String path) {
    if (method != HttpMethod.GET || !path.equals("/v1beta/models")) {
      return Optional.empty();
    }
    var model =
        new JsonObject()
            .put("name", "models/gemini-3.8-flash")
            .put("displayName", "Gemini 3.8 Flash")
            .put("inputTokenLimit", 1_048_576)
            .put("outputTokenLimit", 65_536)
            .put("supportedGenerationMethods", List.of("generateContent", "countTokens"));
    return Optional.of(Reply.ok(new JsonObject().put("models", new JsonArray().add(model))));
  }

  @Override
  public Ask read(String path, MultiMap headers, JsonObject body) {
    var call = CALL.matcher(path);
    if (!call.matches()) {
      throw new Malformed("Unknown method");
    }
    var model = call.group(1);
    return switch (call.group(2)) {
      case "generateContent" -> chat(model, body);
      case "embedContent" -> new Ask.Embed(model, List.of(parts(body.getValue("content"))));
      default -> new Ask.Embed(model, batch(model, body));
    };
  }

  private static Ask chat(String model, JsonObject body) {
    var all = new ArrayList<String>();
    if (body.getValue("systemInstruction") != null) {
      all.add(parts(body.getValue("systemInstruction")));
    }
    var lastUser = "";
    for (var content : Texts.objects(body, "contents")) {
      var role = Texts.required(content, "role");
      if (!role.equals("user") && !role.equals("model")) {
        throw new Malformed("Please use a valid role: user, model.");
      }
      var text = parts(content);
      all.add(text);
      lastUser = role.equals("user") ? text : lastUser;
    }
    var limit =
        body.getValue("generationConfig") instanceof JsonObject settings
            ? Texts.limit(settings, "maxOutputTokens")
            : Optional.<Integer>empty();
    return new Ask.Chat(model, all, lastUser, limit);
  }

  private static List<String> batch(String model, JsonObject body) {
    var texts = new ArrayList<String>();
    for (var request : Texts.objects(body, "requests")) {
      if (!Texts.required(request, "model").equals("models/" + model)) {
        throw new Malformed("model: must be the model of the path");
      }
      texts.add(parts(request.getValue("content")));
    }
    return texts;
  }

  private static String parts(Object content) {
    if (!(content instanceof JsonObject object)) {
      throw new Malformed("content: Field required");
    }
    return String.join(
        "\n",
        Texts.objects(object, "parts").stream().map(part -> Texts.required(part, "text")).toList());
  }

  @Override
  public Reply answer(Ask ask, Answer answer) {
    return Reply.ok(ask instanceof Ask.Embed ? embeddings(answer) : content(ask.model(), answer));
  }

  private static JsonObject content(String model, Answer answer) {
    var part = new JsonObject().put("text", answer.text());
    var candidate =
        new JsonObject()
            .put(
                "content",
                new JsonObject().put("role", "model").put("parts", new JsonArray().add(part)))
            .put("index", 0)
            .put("finishReason", answer.isCut() ? "MAX_TOKENS" : "STOP");
    return new JsonObject()
        .put("candidates", new JsonArray().add(candidate))
        .put(
            "usageMetadata",
            new JsonObject()
                .put("promptTokenCount", answer.inputTokens())
                .put("candidatesTokenCount", answer.outputTokens())
                .put("totalTokenCount", answer.inputTokens() + answer.outputTokens()))
        .put("modelVersion", model)
        .put("responseId", "simulated");
  }

  private static JsonObject embeddings(Answer answer) {
    var values = new JsonArray();
    answer.vectors().forEach(vector -> values.add(new JsonObject().put("values", vector)));
    return new JsonObject()
        .put("embeddings", values)
        .put("usageMetadata", new JsonObject().put("promptTokenCount", answer.inputTokens()));
  }

  @Override
  public Reply malformed(String why) {
    return error(400, "INVALID_ARGUMENT", why);
  }

  /** Google answers a wrong key with 400. */
  @Override
  public Reply wrongKey() {
    var info =
        new JsonObject()
            .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
            .put("reason", "API_KEY_INVALID")
            .put("domain", "googleapis.com");
    return error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", info);
  }

  @Override
  public Reply modelGone(String model) {
    return error(404, "NOT_FOUND", "models/" + model + " is not found for API version v1beta.");
  }

  @Override
  public Reply error(int status) {
    return switch (status) {
      case 401 -> wrongKey();
      case 402 -> error(402, "FAILED_PRECONDITION", "Your prepaid credit is used up.");
      case 403 ->
          error(403, "PERMISSION_DENIED", "The caller does not have permission for this model.");
      case 404 -> modelGone("gemini-pro");
      case 429 -> rateLimited();
      case 500 -> error(500, "INTERNAL", "An internal error has occurred.");
      case 504 ->
          error(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.");
      default ->
          status >= 500
              ? error(status, "UNAVAILABLE", "The model is overloaded. Please try again later.")
              : error(status, "INVALID_ARGUMENT", "Invalid request");
    };
  }

  /** The wait stands in the body only. */
  private static Reply rateLimited() {
    var violation = new JsonObject().put("quotaId", "GenerateRequestsPerMinutePerProjectPerModel");
    return error(
        429,
        "RESOURCE_EXHAUSTED",
        "You exceeded your current quota. Please retry in 26s.",
        new JsonObject()
            .put("@type", "type.googleapis.com/google.rpc.QuotaFailure")
            .put("violations", new JsonArray().add(violation)),
        new JsonObject()
            .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
            .put("retryDelay", "26s"));
  }

  private static Reply error(int status, String name, String message, JsonObject... details) {
    var error = new JsonObject().put("code", status).put("message", message).put("status", name);
    if (details.length > 0) {
      error.put("details", new JsonArray(List.of((Object[]) details)));
    }
    return Reply.of(status, new JsonObject().put("error", error));
  }
}
