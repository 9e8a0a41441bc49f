package io.commandcenter.akm.provider.relay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.wire.Fields;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be known of a whole answer that passes. Its text is walked over, not read.
 *
 * @param readable whether it is one JSON object at all
 * @param error a 2xx's own error, as some aggregators send it; null if there is none
 * @param servedModel null if it is not said
 */
public record WholeAnswer(
    boolean readable, Fields error, Optional<TokenUsage> usage, String servedModel) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> KEPT =
      Set.of(
          "usage",
          "usageMetadata",
          "model",
          "modelVersion",
          "error",
          "prompt_eval_count",
          "eval_count");
  private static final WholeAnswer UNREADABLE =
      new WholeAnswer(false, null, Optional.empty(), null);

  public static WholeAnswer of(WireFormat format, Buffer body, boolean reasoningBeside) {
    try (var parser = JSON.createParser(body.getBytes())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return UNREADABLE;
      }
      var kept = new Fields(members(parser));
      var model = kept.text("model");
      return new WholeAnswer(
          parser.nextToken() == null,
          kept.at("error").json().isEmpty() ? null : kept,
          RelayUsage.of(format, kept, reasoningBeside),
          model == null ? kept.text("modelVersion") : model);
    } catch (IOException notJson) {
      return UNREADABLE;
    }
  }

  private static JsonObject members(JsonParser parser) throws IOException {
    var kept = new JsonObject();
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      var value = parser.nextToken();
      if (KEPT.contains(name)) {
        kept.put(name, value(parser, value));
      } else {
        parser.skipChildren();
      }
    }
    return kept;
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static JsonObject object(JsonParser parser) throws IOException {
    var object = new JsonObject();
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      object.put(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static JsonArray array(JsonParser parser) throws IOException {
    var array = new JsonArray();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      array.add(value(parser, token));
    }
    return array;
  }
}
