package io.commandcenter.akm.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.VertxModule;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Records to JSON and back, the same for the bus, REST and MCP: snake_case names, ISO-8601
 * instants, absent for null, unknown members refused.
 */
public final class Wire {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new VertxModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Wire() {}

  @SuppressWarnings("unchecked")
  public static JsonObject toJson(Record value) {
    return new JsonObject(MAPPER.convertValue(value, Map.class));
  }

  /**
   * The record, or BAD_REQUEST naming the member that does not fit; a member's value is never
   * repeated.
   */
  public static <T extends Record> T fromJson(JsonObject json, Class<T> type) {
    try {
      return MAPPER.convertValue(json, type);
    } catch (IllegalArgumentException e) {
      throw refusal(e.getCause());
    }
  }

  private static Failure refusal(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof Failure failure) {
        return failure;
      }
    }
    if (cause instanceof UnrecognizedPropertyException unknown) {
      return Failure.badRequest(
          "unknown field"
              + (unknown.getPath().size() > 1 ? " in `" + path(unknown, 1) + "`" : "")
              + "; known are "
              + unknown.getKnownPropertyIds().stream()
                  .map(Object::toString)
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    if (cause instanceof JsonMappingException mapping) {
      return Failure.badRequest(
          "`" + path(mapping, 0) + "` has the wrong type or an unknown value");
    }
    return Failure.badRequest("the request is not of the expected form");
  }

  private static String path(JsonMappingException e, int dropLast) {
    var names = e.getPath().subList(0, e.getPath().size() - dropLast);
    return names.stream()
        .map(ref -> ref.getFieldName() == null ? "[" + ref.getIndex() + "]" : ref.getFieldName())
        .collect(Collectors.joining("."));
  }
}
