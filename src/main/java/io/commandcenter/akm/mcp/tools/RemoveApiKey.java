package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.FindKey;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Takes a key out of the vault for good. */
final class RemoveApiKey implements Tool {
  private static final String REVOKED = "revoked";

  private static final ToolCard CARD =
      new ToolCard(
          "remove_api_key",
          "Remove an API key",
          """
          Revokes a stored key for good: its ciphertext is erased and no request uses it any more; \
          only its record stays. This cannot be undone. Name it by key_id, or by provider and \
          label. To replace a key without a gap use rotate_key instead. The key stays valid at its \
          provider until a person revokes it there.""",
          Scope.OPERATOR,
          Schema.object("Which key: key_id alone, or provider and label.")
              .optional("key_id", Schema.string("As in list_api_keys, like key_….").atMost(64))
              .optional("provider", Schema.string("Its provider, like anthropic.").atMost(64))
              .optional("label", Schema.string("Its label, like main.").atMost(64)),
          Schema.object("What became of the key.")
              .required(
                  "status",
                  Schema.string("already_removed: it was revoked before; nothing was changed.")
                      .oneOf("removed", "already_removed"))
              .required("key", KeyViews.schema())
              .required("left", Schema.integer("Keys of the provider that requests may use.")),
          new ToolCard.Hints(false, true, true, false));

  private final Asking bus;

  RemoveApiKey(Asking bus) {
    this.bus = bus;
  }

  record Arguments(String keyId, String provider, String label) {
    /** A key that is not named in one way only is not removed: the wrong one cannot be restored. */
    void requireOneWay() {
      boolean byId = keyId != null && provider == null && label == null;
      boolean byLabel = keyId == null && provider != null && label != null;
      if (!byId && !byLabel) {
        throw Failure.badRequest(
            "name one key: by `key_id` alone, or by `provider` and `label`; list_api_keys has them");
      }
    }
  }

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var asked = call.as(Arguments.class);
    asked.requireOneWay();
    return find(asked)
        .compose(
            key ->
                key.state().equals(REVOKED)
                    ? answer("already_removed", key)
                    : bus.ask(VaultCalls.DELETE, new ChangeKey(key.keyId(), call.by()))
                        .compose(removed -> answer("removed", removed)));
  }

  private Future<KeyInfo> find(Arguments asked) {
    return asked.keyId != null
        ? bus.ask(VaultCalls.FIND, new FindKey(asked.keyId))
        : bus.ask(VaultCalls.LIST, new ListKeys(asked.provider))
            .map(list -> ofLabel(list.keys(), asked.label));
  }

  /** The one that lives; else the newest of those that were revoked under this label. */
  private static KeyInfo ofLabel(List<KeyInfo> keys, String label) {
    var named = keys.stream().filter(key -> label.equals(key.label())).toList();
    var living = named.stream().filter(key -> !key.state().equals(REVOKED)).toList();
    if (living.size() > 1) {
      throw Failure.badRequest(
          "several keys have this label; name one by `key_id`: "
              + String.join(", ", living.stream().map(KeyInfo::keyId).toList()));
    }
    if (named.isEmpty()) {
      throw Failure.notFound(
          keys.isEmpty()
              ? "this provider has no key; list_api_keys has every key"
              : "no key of this label; the provider has "
                  + String.join(", ", keys.stream().map(KeyInfo::label).distinct().toList()));
    }
    return living.isEmpty() ? named.get(named.size() - 1) : living.get(0);
  }

  private Future<ToolAnswer> answer(String status, KeyInfo key) {
    return bus.ask(VaultCalls.LIST, new ListKeys(key.provider()))
        .map(list -> list.keys().stream().filter(RemoveApiKey::usable).count())
        .map(
            left ->
                ToolAnswer.of(
                    new JsonObject()
                        .put("status", status)
                        .put("key", KeyViews.json(key))
                        .put("left", left),
                    text(status, key, left)));
  }

  private static boolean usable(KeyInfo key) {
    return key.state().equals("active") && !key.frozen() && key.purpose().equals("inference");
  }

  private static String text(String status, KeyInfo key, long left) {
    var which = "%s (%s, %s)".formatted(KeyViews.name(key), key.keyId(), key.masked());
    var done =
        status.equals("removed")
            ? "Removed %s: its ciphertext is erased, only its record stays. It is still valid at"
                + " the provider: have a person revoke it there."
            : "%s was removed before; nothing was changed.";
    var next =
        left == 0
            ? "No key of %s is left for requests: add another with add_api_key."
            : "Of %s, %d key(s) stay in use.";
    return done.formatted(which) + " " + next.formatted(key.provider(), left);
  }
}
