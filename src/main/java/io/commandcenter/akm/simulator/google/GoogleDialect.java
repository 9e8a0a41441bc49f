package io.commandcenter.akm.simulator.google;

import io.commandcenter.akm.simulator.wire.Answer;
import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Dialect;
import io.commandcenter.akm.simulator.wire.Frame;
import io.commandcenter.akm.simulator.wire.Incoming;
import io.commandcenter.akm.simulator.wire.Json;
import io.commandcenter.akm.simulator.wire.Reply;
import io.commandcenter.akm.simulator.wire.Streamed;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Google's side of the Gemini API. */
public final class GoogleDialect implements Dialect {
  private static final Pattern LIST = Pattern.compile("/v1(?:beta)?/models(?:/([A-Za-z0-9._-]+))?");
  private static final List<String> MODELS =
      List.of("gemini-3.8-flash", "gemini-3.1-pro", "gemini-embedding-001");

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
    var models = LIST.matcher(path);
    if (method != HttpMethod.GET || !models.matches()) {
      return Optional.empty();
    }
    var id = models.group(1);
    if (id == null) {
      var all = Json.list(MODELS.stream().map(GoogleDialect::model).toList());
      return Optional.of(Reply.ok(Json.of("models", all)));
    }
    return Optional.of(MODELS.contains(id) ? Reply.ok(model(id)) : modelGone(id));
  }

  private static JsonObject model(String id) {
    return Json.of(
        "name",
        "models/" + id,
        "displayName",
        id,
        "inputTokenLimit",
        1_048_576,
        "outputTokenLimit",
        65_536,
        "supportedGenerationMethods",
        Json.list("generateContent", "countTokens"));
  }

  @Override
  public Ask read(Incoming request) {
    return GoogleRequests.read(request);
  }

  @Override
  public Reply answer(Ask ask, Answer answer) {
    if (ask instanceof Ask.Embed embed) {
      return Reply.ok(GoogleAnswers.embeddings(embed, answer));
    }
    return Reply.ok(
        ask instanceof Ask.Chat ? GoogleAnswers.content(ask, answer) : GoogleAnswers.count(answer));
  }

  @Override
  public Streamed stream(Ask.Chat ask, Answer answer, List<String> pieces) {
    boolean isSse = ask.form().equals(GoogleRequests.SSE);
    var error = error(503).body();
    return Streamed.of(
        isSse ? Streamed.SSE : "application/json; charset=UTF-8",
        Map.of(),
        GoogleAnswers.chunks(ask, answer, pieces),
        isSse
            ? GoogleAnswers.event(error, false)
            : Frame.of(",\r\n" + error.encode() + "]", false));
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
