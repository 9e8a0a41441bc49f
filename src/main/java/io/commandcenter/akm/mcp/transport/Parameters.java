package io.commandcenter.akm.mcp.transport;

import java.util.Map;

/** The parameters of a request, as they came. */
public record Parameters(Map<String, Object> members) {
  private static final int MOST_TOKEN = 256;

  /** Anything but an object is taken for an empty one. */
  public static Parameters of(Object params) {
    return new Parameters(object(params));
  }

  /** Fails with INVALID_PARAMS if it is not there. */
  public String text(String name) {
    if (members.get(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw Errors.invalidParameters("`" + name + "` has to be a text");
  }

  /** Empty if it is not there; fails with INVALID_PARAMS if it is no object. */
  public Map<String, Object> map(String name) {
    var value = members.get(name);
    if (value != null && !(value instanceof Map)) {
      throw Errors.invalidParameters("`" + name + "` has to be an object");
    }
    return object(value);
  }

  public Map<String, Object> meta() {
    return object(members.get("_meta"));
  }

  /** Null if there is none, or it is too long to be repeated with every report. */
  public Object progressToken() {
    var token = meta().get("progressToken");
    boolean fits =
        token instanceof Number || token instanceof String text && text.length() <= MOST_TOKEN;
    return fits ? token : null;
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(Object value) {
    return value instanceof Map ? (Map<String, Object>) value : Map.of();
  }
}
