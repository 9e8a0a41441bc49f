package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyCheck;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.vertx.core.Future;
import java.util.List;

/** Asks every provider whether it takes its stored keys. */
final class ValidateAllKeys implements Tool {
  private static final int MOST_LINES = 100;

  private static final ToolCard CARD =
      new ToolCard(
          "validate_all_keys",
          "Validate all API keys",
          """
          Asks every provider, free of charge, whether it takes its stored keys, a few at a time, \
          and tells after each how far it is. Use it for a look over the whole installation; for \
          one provider or key use validate_key. Cancelling asks no more keys.""",
          Scope.OPERATOR,
          Schema.object("Nothing to give: every key that is not revoked is checked."),
          Schema.object("What the providers said of each key.")
              .required("checks", Schema.array("One for each key.", KeyChecks.schema()))
              .required("valid", Schema.integer("How many keys their providers take."))
              .required("skipped", Schema.integer("Keys left out, because of a cancellation.")),
          new ToolCard.Hints(true, false, true, true));

  private final Asking bus;

  ValidateAllKeys(Asking bus) {
    this.bus = bus;
  }

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    return bus.ask(VaultCalls.LIST, new ListKeys(null))
        .map(list -> list.keys().stream().filter(key -> !key.state().equals("revoked")).toList())
        .compose(
            keys ->
                new ValidationRound(bus, call, keys)
                    .run()
                    .map(checks -> answer(checks, keys.size())));
  }

  private static ToolAnswer answer(List<KeyCheck> checks, int keys) {
    int skipped = keys - checks.size();
    var structured = KeyChecks.json(checks).put("skipped", skipped);
    return ToolAnswer.of(structured, text(checks, structured.getLong("valid"), skipped));
  }

  private static String text(List<KeyCheck> checks, long valid, int skipped) {
    if (checks.isEmpty() && skipped == 0) {
      return "No key is stored; add one with add_api_key.";
    }
    var cut = skipped == 0 ? "" : " Cancelled: %d more were not asked.".formatted(skipped);
    var head = "%d of %d valid.%s".formatted(valid, checks.size(), cut);
    // Of a great many only the troubled ones are worth a reader's time.
    boolean many = checks.size() > MOST_LINES;
    var shown =
        checks.stream()
            .filter(check -> !many || !KeyChecks.valid(check))
            .limit(MOST_LINES)
            .toList();
    var note = many ? " Those that are not, at most %d:".formatted(MOST_LINES) : "";
    var todo =
        valid == checks.size()
            ? ""
            : "\nReplace an invalid or expired key with rotate_key, or remove it with"
                + " remove_api_key.";
    return shown.isEmpty() ? head : head + note + "\n\n" + KeyChecks.table(shown) + todo;
  }
}
