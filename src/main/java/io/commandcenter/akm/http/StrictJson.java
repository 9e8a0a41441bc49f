package io.commandcenter.akm.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;

/**
 * JSON from outside: bounded in depth while it is read, no member twice, nothing after the end. A
 * refusal names the place, never what stood there.
 */
public final class StrictJson {
  private final JsonFactory factory;
  private final int maxDepth;

  public StrictJson(int maxDepth) {
    this.maxDepth = maxDepth;
    factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(maxDepth).build())
            .build();
  }

  /**
   * @param json without the secret member
   * @param secret null if the member was absent
   */
  public record Body(JsonObject json, Secret secret) {}

  /** The object that the text is; BAD_REQUEST if it is none. */
  public JsonObject object(Buffer text) {
    return object(text, null).json();
  }

  /**
   * The same, but the top-level member {@code secretName} goes straight into a {@link Secret}: it
   * never becomes a String or a part of the tree.
   */
  public Body object(Buffer text, String secretName) {
    var bytes = text.getBytes();
    try (var parser = factory.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Failure.badRequest("the body must be a JSON object");
      }
      var body = top(parser, secretName);
      if (parser.nextToken() != null) {
        throw Failure.badRequest("the body must end after one JSON object");
      }
      return body;
    } catch (StreamConstraintsException e) {
      throw new Failure(
          Code.BAD_REQUEST,
          "the JSON is nested deeper than " + maxDepth + " levels, or a value is too long");
    } catch (JsonProcessingException e) {
      throw Failure.badRequest("the body is not valid JSON" + at(e.getLocation()));
    } catch (IOException e) {
      throw Failure.badRequest("the body is not valid UTF-8 JSON");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static Body top(JsonParser parser, String secretName) throws IOException {
    var json = new JsonObject();
    Secret secret = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      var value = parser.nextToken();
      if (name.equals(secretName) && value != JsonToken.VALUE_NULL) {
        once(secret == null, parser);
        secret = Secrets.of(parser, secretName);
      } else {
        once(!json.containsKey(name), parser);
        json.put(name, value(parser, value));
      }
    }
    return new Body(json, secret);
  }

  private static JsonObject members(JsonParser parser) throws IOException {
    var json = new JsonObject();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      once(!json.containsKey(name), parser);
      json.put(name, value(parser, parser.nextToken()));
    }
    return json;
  }

  private static JsonArray elements(JsonParser parser) throws IOException {
    var json = new JsonArray();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      json.add(value(parser, token));
    }
    return json;
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static void once(boolean first, JsonParser parser) {
    if (!first) {
      throw Failure.badRequest(
          "a field is given twice" + at(parser.currentTokenLocation()) + "; send it once");
    }
  }

  private static String at(JsonLocation place) {
    return place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
  }
}
