package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.EntryLink;
import io.commandcenter.akm.contract.RotationCalls.RotationInfo;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * How a key comes in without passing the model: from the server's environment, or from a person on
 * a one-time page. Adding and rotating answer alike.
 */
final class KeyAnswers {
  private final Asking bus;

  KeyAnswers(Asking bus) {
    this.bus = bus;
  }

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
                .atMost(64));
  }

  static Schema output() {
    return Schema.object("What became of the key; never the key itself.")
        .required(
            "status",
            Schema.string(
                    "stored: sealed and in use; waiting: a person has to enter it on the page at"
                        + " url; declined: the person did not agree to open the page; refused: the"
                        + " provider does not take the new key, and the old one stays in use.")
                .oneOf("stored", "waiting", "declined", "refused"))
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
        .optional("expires_at", Schema.string("Until when the page works, ISO 8601."));
  }

  static ToolAnswer stored(String verb, KeyInfo key) {
    var structured =
        status("stored", key.provider(), key.label())
            .put("key_id", key.keyId())
            .put("masked", key.masked())
            .put("state", key.state())
            .put("version", key.version());
    return ToolAnswer.of(
        structured,
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

  /**
   * Opens a one-time page and brings the person to it, if the client can.
   *
   * @param purpose add or rotate
   */
  Future<ToolAnswer> onPage(String purpose, String provider, String label, ToolCall call) {
    var reply = call.person().reply();
    if (reply != null) {
      return Future.succeededFuture(replied(reply));
    }
    return bus.ask(EntryCalls.BEGIN_ENTRY, new BeginEntry(purpose, provider, label, call.by()))
        .map(link -> call.person().canBeAsked() ? opening(link) : handedOver(link));
  }

  private static ToolAnswer replied(Person.Reply reply) {
    var link = Wire.fromJson(reply.memory(), EntryLink.class);
    return switch (reply.outcome()) {
      case AGREED -> opened(link);
      case DECLINED -> declined(link);
      case NOT_SHOWN -> handedOver(link);
    };
  }

  private static ToolAnswer opening(EntryLink link) {
    var message =
        "Enter the %s key \"%s\" on this page of the API Key Manager. Confirmation code: %s"
            .formatted(link.provider(), link.label(), link.code());
    return new ToolAnswer.Opening(message, link.url(), link.entryId(), Wire.toJson(link));
  }

  private static ToolAnswer opened(EntryLink link) {
    return waiting(
        link,
        "The person was shown the one-time page for the key %s/%s and agreed to enter it there."
            + " If it did not open: %s (confirmation code %s, works once, until %s).");
  }

  private static ToolAnswer handedOver(EntryLink link) {
    return waiting(
        link,
        "Nothing is stored yet. Give the person who has the key %s/%s this one-time link, to open"
            + " in a browser: %s (confirmation code %s, works once, until %s). Never ask for the key"
            + " in this conversation.");
  }

  private static ToolAnswer waiting(EntryLink link, String words) {
    var structured =
        status("waiting", link.provider(), link.label())
            .put("entry_id", link.entryId())
            .put("url", link.url())
            .put("code", link.code())
            .put("expires_at", link.expiresAt().toString());
    var text =
        words.formatted(link.provider(), link.label(), link.url(), link.code(), link.expiresAt());
    return ToolAnswer.of(
        structured,
        text + " When they are done, validate_key tells whether the provider takes it.");
  }

  private static ToolAnswer declined(EntryLink link) {
    return ToolAnswer.of(
        status("declined", link.provider(), link.label()).put("entry_id", link.entryId()),
        "The person did not agree to open the page; nothing was changed. Ask before trying again.");
  }

  private static JsonObject status(String status, String provider, String label) {
    return new JsonObject().put("status", status).put("provider", provider).put("label", label);
  }
}
