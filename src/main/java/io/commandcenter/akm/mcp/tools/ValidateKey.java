package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyCheck;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.vertx.core.Future;
import java.util.List;

/** Asks providers whether they take the stored keys. */
final class ValidateKey implements Tool {
  private static final ToolCard CARD =
      new ToolCard(
          "validate_key",
          "Validate API keys",
          """
          Asks the provider, free of charge, whether it takes a stored key. Name one key by \
          key_id, or by provider and label; a provider alone checks all of its keys. Use it after \
          adding or rotating a key, or when requests fail with key-invalid.""",
          Scope.OPERATOR,
          Schema.object("Which keys; give key_id, or provider with or without label.")
              .optional("provider", Schema.string("A configured provider.").atMost(64))
              .optional("label", Schema.string("Only the key of this label.").atMost(64))
              .optional("key_id", Schema.string("One key, instead of the others.").atMost(64)),
          Schema.object("What the provider said of each key.")
              .required("checks", Schema.array("One for each key.", KeyChecks.schema()))
              .required("valid", Schema.integer("How many keys the provider takes.")),
          new ToolCard.Hints(true, false, true, true));

  private final Asking bus;

  ValidateKey(Asking bus) {
    this.bus = bus;
  }

  record Arguments(String provider, String label, String keyId) {}

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var asked = call.as(Arguments.class);
    if (asked.keyId != null) {
      return KeyChecks.ask(bus, asked.keyId, call).map(check -> answer(List.of(check)));
    }
    if (asked.provider == null) {
      throw Failure.badRequest("give `key_id`, or `provider` with or without `label`");
    }
    return bus.ask(VaultCalls.LIST, new ListKeys(asked.provider))
        .map(list -> chosen(list.keys(), asked))
        .compose(
            keys ->
                Future.all(
                    keys.stream().map(key -> KeyChecks.ask(bus, key.keyId(), call)).toList()))
        .map(all -> answer(all.list()));
  }

  private static List<KeyInfo> chosen(List<KeyInfo> keys, Arguments asked) {
    var present = keys.stream().filter(key -> !key.state().equals("revoked")).toList();
    var chosen =
        present.stream()
            .filter(key -> asked.label == null || asked.label.equals(key.label()))
            .toList();
    if (chosen.size() > Fitting.MOST_ROWS) {
      throw new Failure(
          Code.TOO_LARGE,
          "%s has %d keys, more than %d at a time; name one by label or key_id"
              .formatted(asked.provider, chosen.size(), Fitting.MOST_ROWS));
    }
    if (!chosen.isEmpty()) {
      return chosen;
    }
    if (present.isEmpty()) {
      throw Failure.notFound("this provider has no key; add one with add_api_key");
    }
    throw Failure.notFound(
        "no key of this label; the provider has "
            + String.join(", ", present.stream().map(KeyInfo::label).toList()));
  }

  private static ToolAnswer answer(List<KeyCheck> checks) {
    var structured = KeyChecks.json(checks);
    return ToolAnswer.of(
        structured,
        "%d of %d valid.\n\n%s"
            .formatted(structured.getLong("valid"), checks.size(), KeyChecks.table(checks)));
  }
}
