package io.commandcenter.akm.provider.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A provider's JSON object, read without trust: a member that is missing or of another type reads
 * as absent.
 */
public record Fields(JsonObject json) {
  private static final Fields NONE = new Fields(new JsonObject());
  private static final double MOST = 1e12;

  /** The body's object, or that of a one-element array; empty for anything else. */
  public static Fields parse(Buffer body) {
    try {
      var value = Json.decodeValue(body);
      return value instanceof JsonArray array && array.size() == 1
          ? of(array.getValue(0))
          : of(value);
    } catch (DecodeException e) {
      return NONE;
    }
  }

  private static Fields of(Object value) {
    return value instanceof JsonObject object ? new Fields(object) : NONE;
  }

  public boolean has(String name) {
    return json.getValue(name) != null;
  }

  /** Null if it is no text. */
  public String text(String name) {
    return json.getValue(name) instanceof String text ? text : null;
  }

  public String textOr(String name, String instead) {
    var text = text(name);
    return text == null ? instead : text;
  }

  public boolean is(String name) {
    return Boolean.TRUE.equals(json.getValue(name));
  }

  /** Empty if it is no object. */
  public Fields at(String name) {
    return of(json.getValue(name));
  }

  public boolean isList(String name) {
    return json.getValue(name) instanceof JsonArray;
  }

  /** The objects of a list; empty if it is no list. */
  public List<Fields> list(String name) {
    return values(name).filter(JsonObject.class::isInstance).map(Fields::of).toList();
  }

  /** The members of a list, lists among them as {@link List}. */
  public Stream<Object> values(String name) {
    return json.getValue(name) instanceof JsonArray array ? array.stream() : Stream.of();
  }

  /**
   * A count of tokens: 0 if absent, negative, not finite or no number, and never absurdly large.
   */
  public long count(String name) {
    if (!(json.getValue(name) instanceof Number number)) {
      return 0;
    }
    var value = number.doubleValue();
    return value > 0 ? (long) Math.min(value, MOST) : 0;
  }

  /** An integer as it stands, or -1. */
  public int integer(String name) {
    return json.getValue(name) instanceof Integer integer ? integer : -1;
  }

  public Map<String, Object> map() {
    return json.getMap();
  }
}
