package io.commandcenter.akm.gateway.ollama;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/** {@code GET /api/tags} and {@code GET /api/version}: what a program looks for at an Ollama. */
public final class Tags {
  private Tags() {}

  /**
   * @param names of all models that the caller may use
   * @param changed when the list was last changed
   */
  public static JsonObject of(List<String> names, Instant changed) {
    var models = new JsonArray();
    var at = DateTimeFormatter.ISO_INSTANT.format(changed);
    names.forEach(name -> models.add(model(name, at)));
    return new JsonObject().put("models", models);
  }

  /** Clients require these fields; of a model that lies elsewhere there is no size to tell. */
  private static JsonObject model(String name, String changed) {
    var details =
        new JsonObject()
            .put("parent_model", "")
            .put("format", "")
            .put("family", "")
            .put("families", new JsonArray())
            .put("parameter_size", "")
            .put("quantization_level", "");
    return new JsonObject()
        .put("name", name)
        .put("model", name)
        .put("modified_at", changed)
        .put("size", 0)
        .put("digest", digest(name))
        .put("details", details);
  }

  /** Clients tell models apart by it: one name, one digest. */
  private static String digest(String name) {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(hash.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * @param version that clients compare with what they need
   */
  public static JsonObject version(String version) {
    return new JsonObject().put("version", version);
  }
}
