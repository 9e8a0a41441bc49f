package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Stored keys as the tools show them: masked, without what only an operator's console needs. */
final class KeyViews {
  private static final String[] STATES = {
    "active", "draining", "cooling", "disabled", "expired", "revoked"
  };

  private static final List<String> NAMES = schema().names();

  private KeyViews() {}

  static Schema schema() {
    return Schema.object("A stored key; never the key itself.")
        .required("key_id", Schema.string("Like key_…, or env_<provider>."))
        .required("provider", Schema.string("Its provider."))
        .required("label", Schema.string("Its label."))
        .required("state", Schema.string("What is done with it.").oneOf(STATES))
        .required("masked", Schema.string("What may be shown, like sk-ant-api03-…x9AA."))
        .required("source", Schema.string("Where it lives.").oneOf("sealed", "environment"))
        .required(
            "purpose",
            Schema.string("minting makes other keys; a decoy raises an alert when it is used.")
                .oneOf("inference", "minting", "decoy"))
        .required("version", Schema.integer("1 for the first; each rotation adds one."))
        .required("weight", Schema.integer("Share of its provider's requests, 1 to 1000."))
        .required("frozen", Schema.bool("Whether a panic keeps it from use."))
        .optional("owner", Schema.string("Who answers for it."))
        .optional("tags", Schema.array("Labels.", Schema.string("A label.")))
        .optional("rotation_id", Schema.string("Of the rotation that runs."))
        .optional("expires_at", Schema.string("When it ends, ISO 8601."))
        .optional("cooling_until", Schema.string("While its provider asked for a rest, ISO 8601."))
        .optional("last_used_at", Schema.string("ISO 8601."))
        .optional("last_validated_at", Schema.string("ISO 8601."));
  }

  static String[] states() {
    return STATES.clone();
  }

  static JsonObject json(KeyInfo key) {
    var all = Wire.toJson(key);
    var shown = new JsonObject();
    for (var name : NAMES) {
      if (all.getValue(name) != null) {
        shown.put(name, all.getValue(name));
      }
    }
    return shown;
  }

  static JsonArray json(List<KeyInfo> keys) {
    var array = new JsonArray();
    keys.forEach(key -> array.add(json(key)));
    return array;
  }

  static String table(List<KeyInfo> keys) {
    var table =
        new TextTable("key", "state", "masked", "version", "weight", "last used", "expires", "id");
    keys.forEach(
        key ->
            table.row(
                name(key),
                words(key),
                key.masked(),
                key.version(),
                key.weight(),
                key.lastUsedAt(),
                key.expiresAt(),
                key.keyId()));
    return table.render();
  }

  /** For example anthropic/main. */
  static String name(KeyInfo key) {
    return key.provider() + "/" + key.label();
  }

  private static String words(KeyInfo key) {
    var state = key.frozen() ? key.state() + ", frozen" : key.state();
    return key.purpose().equals("inference") ? state : state + ", " + key.purpose();
  }
}
