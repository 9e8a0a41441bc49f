package io.commandcenter.akm.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What an export says of keys. */
final class KeyMetadata {
  static final String FORMAT = "akm-key-metadata-1";

  private static final int MAX_KEYS = 10_000;
  private static final List<String> MEMBERS =
      List.of(
          "provider",
          "label",
          "purpose",
          "tags",
          "owner",
          "weight",
          "expires_at",
          "max_age_days",
          "state",
          "masked",
          "fingerprint");

  /** What an import may change of a key that is there. */
  private static final List<String> CHANGEABLE =
      List.of("weight", "tags", "owner", "expires_at", "max_age_days");

  private KeyMetadata() {}

  /** The part of a key's view that is exported. */
  static JsonObject of(JsonObject key) {
    var metadata = new JsonObject();
    MEMBERS.stream()
        .filter(key::containsKey)
        .forEach(member -> metadata.put(member, key.getValue(member)));
    return metadata;
  }

  /** The keys that an export describes; a sentence for anything else. */
  static List<JsonObject> read(byte[] file) {
    try {
      var export = new JsonObject(new String(file, StandardCharsets.UTF_8));
      if (!FORMAT.equals(export.getValue("format"))
          || !(export.getValue("keys") instanceof JsonArray keys)
          || keys.size() > MAX_KEYS) {
        throw unreadable();
      }
      var read = new ArrayList<JsonObject>();
      for (var key : keys) {
        if (!(key instanceof JsonObject object)
            || !(object.getValue("provider") instanceof String)
            || !(object.getValue("label") instanceof String)) {
          throw unreadable();
        }
        read.add(object);
      }
      return read;
    } catch (DecodeException e) {
      throw unreadable();
    }
  }

  /**
   * What the file says otherwise than the service. What it does not say stays as it is.
   *
   * @param there the key as the service shows it
   */
  static JsonObject changes(JsonObject wanted, JsonObject there) {
    var changes = new JsonObject();
    for (var member : CHANGEABLE) {
      var value = wanted.getValue(member);
      if (value != null && !Objects.equals(value, there.getValue(member))) {
        changes.put(member, value);
      }
    }
    return changes;
  }

  private static IllegalStateException unreadable() {
    return new IllegalStateException("the file is no export of `akm export`; name another file");
  }
}
