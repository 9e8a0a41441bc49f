package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The stored keys, a page at a time. */
final class ListApiKeys implements Tool {
  private static final int PAGE = 100;

  private static final ToolCard CARD =
      new ToolCard(
          "list_api_keys",
          "List API keys",
          """
          The stored API keys, masked, oldest first: state, version, weight, owner, when each was \
          last used and validated. Use it to find a key_id or a label. At most 100 at once; for \
          more pass `next` of the answer as after.""",
          Scope.OPERATOR,
          Schema.object("Which keys; nothing for all.")
              .optional("provider", Schema.string("Only this provider, like anthropic.").atMost(64))
              .optional("state", Schema.string("Only in this state.").oneOf(KeyViews.states()))
              .optional("after", Schema.string("The `next` of the page before.").atMost(64)),
          Schema.object("One page.")
              .required("keys", Schema.array("Oldest first.", KeyViews.schema()))
              .required("total", Schema.integer("How many fit, on all pages."))
              .optional("next", Schema.string("Pass it as after for the next page.")),
          ToolCard.Hints.READ);

  private final Asking bus;

  ListApiKeys(Asking bus) {
    this.bus = bus;
  }

  record Arguments(String provider, String state, String after) {}

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var asked = call.as(Arguments.class);
    return bus.ask(VaultCalls.LIST, new ListKeys(asked.provider))
        .map(
            list ->
                list.keys().stream()
                    .filter(key -> asked.state == null || asked.state.equals(key.state()))
                    .toList())
        .map(keys -> answer(keys, start(keys, asked.after)));
  }

  private static int start(List<KeyInfo> keys, String after) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).keyId().equals(after)) {
        return i + 1;
      }
    }
    if (after == null) {
      return 0;
    }
    throw Failure.notFound(
        "the key that `after` names is not among them; list again without `after`");
  }

  private static ToolAnswer answer(List<KeyInfo> keys, int start) {
    var page = keys.subList(start, Math.min(keys.size(), start + PAGE));
    boolean more = start + page.size() < keys.size();
    var structured = new JsonObject().put("keys", KeyViews.json(page)).put("total", keys.size());
    if (more) {
      structured.put("next", page.get(page.size() - 1).keyId());
    }
    return ToolAnswer.of(structured, text(page, keys.size(), structured.getString("next")));
  }

  private static String text(List<KeyInfo> page, int total, String next) {
    if (page.isEmpty()) {
      return "No key fits. add_api_key adds one; api://providers lists the providers.";
    }
    var head = page.size() == total ? total + " key(s)." : page.size() + " of " + total + " keys.";
    var more = next == null ? "" : "\nMore: pass after=%s.".formatted(next);
    return head + "\n\n" + KeyViews.table(page) + more;
  }
}
