package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code GET /v1beta/models}: what may stand in a path's model. */
public final class GoogleModels {
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;
  private static final List<String> METHODS =
      List.of(
          "generateContent",
          "streamGenerateContent",
          "countTokens",
          "embedContent",
          "batchEmbedContents");

  private GoogleModels() {}

  /**
   * One page.
   *
   * @param names of all models that the caller may use, in a steady order
   * @param pageSize and pageToken as they stand in the query; null if they do not
   * @throws Failure BAD_REQUEST for a size or a token that is none
   */
  public static JsonObject page(List<String> names, String pageSize, String pageToken) {
    var size = number("pageSize", pageSize, USUAL_PAGE);
    var from = Math.min(number("pageToken", pageToken, 0), names.size());
    var to = Math.min(from + Math.min(size == 0 ? USUAL_PAGE : size, LARGEST_PAGE), names.size());
    var models = new JsonArray();
    names.subList(from, to).forEach(name -> models.add(model(name)));
    var page = new JsonObject().put("models", models);
    return to == names.size() ? page : page.put("nextPageToken", Integer.toString(to));
  }

  /** One model. Any may be tried with any method: who serves it is decided for each request. */
  public static JsonObject model(String name) {
    return new JsonObject()
        .put("name", "models/" + name)
        .put("displayName", name)
        .put("supportedGenerationMethods", new JsonArray(METHODS));
  }

  private static int number(String field, String text, int usual) {
    if (text == null || text.isEmpty()) {
      return usual;
    }
    if (!text.matches("\\d{1,9}")) {
      throw Failure.badRequest("`" + field + "` is not one that this server gave; leave it out")
          .with(Fields.PARAM, field);
    }
    return Integer.parseInt(text);
  }
}
