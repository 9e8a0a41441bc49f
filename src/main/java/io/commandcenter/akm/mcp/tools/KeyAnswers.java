package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.RotationCalls.RotationInfo;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.vertx.core.json.JsonObject;

/**
 * How a key comes in without passing the model: from the server's environment, or from a person on
 * a one-time page. Adding and rotating ask and answer alike.
 */
final class KeyAnswers {
  private KeyAnswers() {}

  static Schema input(String labelDescription) {
    return Schema.object("Which key, and where it comes from; never the key itself.")
        .required(
            "provider", Schema.string("A configured provider, as in api://providers.").atMost(64))
        .required("label", Schema.string(labelDescription).atMost(64))
        .optional(
            "env_var",
            Schema.string(
                    "Name of an environment variable of the server that holds the key. Leave it out"
                        + " to get a one-time page where a person enters the key.")
                .atMost(64))
        .optional(
            "entry_id",
            Schema.string(
                    "Of an earlier answer, like ent_…: tells at once what became of that page,"
                        + " instead of opening another.")
                .atMost(64))
        .optional(
            "wait_seconds",
            Schema.integer(
                    "How long to wait for a person who agreed to open the page; 45 if left out, 0"
                        + " not to wait.")
                .between(0, 300));
  }

  static Schema output() {
    return Schema.object("What became of the key; never the key itself.")
        .required(
            "status",
            Schema.string(
                    "stored: sealed and in use; waiting: a person has to enter it on the one-time page;"
                        + " declined: the person did not agree to open it; refused: the provider"
                        + " does not take the new key, and the old one stays in use; expired and"
                        + " closed: the page is over and nothing was stored.")
                .oneOf("stored", "waiting", "declined", "refused", "expired", "closed"))
        .required("provider", Schema.string("The provider."))
        .required("label", Schema.string("The key's label."))
        .optional("key_id", Schema.string("The stored key."))
        .optional("masked", Schema.string("What may be shown of the stored key."))
        .optional("state", Schema.string("The stored key's state."))
        .optional("version", Schema.integer("1 for the first; each rotation adds one."))
        .optional("rotation_id", Schema.string("Of the rotation, when a key is rotated."))
        .optional(
            "stage",
            Schema.string(
                "Of the rotation: canary while a share of the requests tries the new version,"
                    + " draining or done once it is in use."))
        .optional("entry_id", Schema.string("Names the one-time page."))
        .optional("url", Schema.string("The one-time page, for a person's browser."))
        .optional("code", Schema.string("The confirmation code that the page asks for."))
        .optional("expires_at", Schema.string("Until when the page works, ISO 8601."))
        .optional(
            "reason",
            Schema.string("Why the page was closed.")
                .oneOf("wrong-code", "too-many-keys", "asker-revoked"))
        .optional(
            "check",
            Schema.string(
                "What the provider said of the entered key: valid, no-credit, no-permission,"
                    + " rate-limited, network or unchecked."))
        .optional("detail", Schema.string("The same in one sentence."));
  }

  static ToolAnswer stored(String verb, KeyInfo key) {
    return ToolAnswer.of(
        putKey(status("stored", key.provider(), key.label()), key),
        "%s %s/%s: %s, %s, version %d, %s."
            .formatted(
                verb,
                key.provider(),
                key.label(),
                key.keyId(),
                key.masked(),
                key.version(),
                key.state()));
  }

  static JsonObject putKey(JsonObject structured, KeyInfo key) {
    return structured
        .put("key_id", key.keyId())
        .put("masked", key.masked())
        .put("state", key.state())
        .put("version", key.version());
  }

  /** How a rotation stands after its new key was checked. */
  static ToolAnswer rotating(RotationInfo rotation) {
    boolean isRefused = rotation.state().equals("rolled_back");
    var structured =
        status(isRefused ? "refused" : "stored", rotation.provider(), rotation.label())
            .put("key_id", rotation.keyId())
            .put("masked", rotation.masked())
            .put("state", rotation.keyState())
            .put("version", rotation.version())
            .put("rotation_id", rotation.rotationId())
            .put("stage", rotation.state());
    return ToolAnswer.of(structured, words(rotation));
  }

  private static String words(RotationInfo rotation) {
    var which = rotation.provider() + "/" + rotation.label();
    return switch (rotation.state()) {
      case "rolled_back" ->
          "The provider does not take the new key of %s (%s); the old one stays in use. Make another"
                  .formatted(which, rotation.reason())
              + " one at the provider and rotate again.";
      case "canary" ->
          ("%s is rotating (%s): %d %% of its requests try the new version %s; after %d that succeed"
                  + " the rest follows. If the provider refuses it, the old one takes over again.")
              .formatted(
                  which,
                  rotation.rotationId(),
                  rotation.canaryPercent(),
                  rotation.masked(),
                  rotation.canaryRequests());
      default ->
          "Rotated %s: %s, %s, version %d, %s (%s)."
              .formatted(
                  which,
                  rotation.keyId(),
                  rotation.masked(),
                  rotation.version(),
                  rotation.state(),
                  rotation.rotationId());
    };
  }

  static JsonObject status(String status, String provider, String label) {
    return new JsonObject().put("status", status).put("provider", provider).put("label", label);
  }
}
