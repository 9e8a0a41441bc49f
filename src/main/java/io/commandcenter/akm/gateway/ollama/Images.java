package io.commandcenter.akm.gateway.ollama;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code images}: base64 without a word on what they are, which their first bytes tell. */
final class Images {
  private static final Map<String, String> TYPES = new LinkedHashMap<>();

  static {
    TYPES.put("iVBORw0KGgo", "image/png");
    TYPES.put("/9j/", "image/jpeg");
    TYPES.put("R0lGOD", "image/gif");
    TYPES.put("UklGR", "image/webp");
  }

  private Images() {}

  static List<Part> read(Fields of) {
    var value = of.json().getValue("images");
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof JsonArray array)) {
      throw of.refusal("images", "must be an array of images in base64");
    }
    if (array.size() > Bounds.PARTS) {
      throw of.refusal("images", "must not have more than " + Bounds.PARTS + " elements");
    }
    var images = new ArrayList<Part>();
    for (var one : array) {
      var data = one instanceof String text ? text : "";
      images.add(new Part.Image(new Part.Inline(type(of, data), data), null));
    }
    return images;
  }

  private static String type(Fields of, String data) {
    return TYPES.entrySet().stream()
        .filter(type -> data.startsWith(type.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () -> of.refusal("images", "must be PNG, JPEG, GIF or WebP in base64, without data:"));
  }
}
