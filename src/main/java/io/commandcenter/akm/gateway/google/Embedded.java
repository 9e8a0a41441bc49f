package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Members;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One text to embed.
 *
 * @param dimensions null if not said
 */
record Embedded(String text, Integer dimensions) {
  // Other providers know no task: their vectors are made for none in particular.
  private static final Set<String> UNDERSTOOD =
      Set.of("model", "content", "taskType", "title", "outputDimensionality");
  private static final int MOST_DIMENSIONS = 100_000;

  static Embedded of(Fields request) {
    request.checkOnly(UNDERSTOOD, Map.of("autoTruncate", Set.of(true, false)));
    var content = request.object("content");
    if (content == null) {
      throw request.refusal("content", "is required");
    }
    content.checkOnly(Set.of("role", "parts"), Map.of());
    var text =
        Contents.texts(content).stream().map(Part.Text::text).collect(Collectors.joining("\n"));
    return new Embedded(text, Members.count(request, "outputDimensionality", 1, MOST_DIMENSIONS));
  }

  static JsonObject vector(List<Double> values) {
    return new JsonObject().put("values", new JsonArray(values));
  }
}
