package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;

/** {@code akm tokens list}: children under their parents. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "Lists the tokens as a tree, with what is spent of their dollar limits. A token that is not"
            + " an unlimited admin's sees itself and its descendants.")
final class TokensListCommand extends RemoteCommand {
  TokensListCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var answer = api.get("/tokens");
    if (!forMachines(answer)) {
      new Tree(answer.getJsonArray("tokens")).print(screen);
    }
    return 0;
  }

  /** Parents first; whoever's parent is not listed stands at the left. */
  private static final class Tree {
    private final Map<String, List<JsonObject>> children = new LinkedHashMap<>();
    private final List<JsonObject> roots = new ArrayList<>();
    private final Table table =
        new Table().row("token", "id", "scope", "state", "ends", "spent", "");

    Tree(JsonArray tokens) {
      Set<String> known = new HashSet<>();
      for (int i = 0; i < tokens.size(); i++) {
        known.add(tokens.getJsonObject(i).getString("token_id"));
      }
      for (int i = 0; i < tokens.size(); i++) {
        var token = tokens.getJsonObject(i);
        var parent = token.getString("parent_id");
        var siblings =
            known.contains(parent)
                ? children.computeIfAbsent(parent, id -> new ArrayList<>())
                : roots;
        siblings.add(token);
      }
    }

    void print(Screen screen) {
      roots.forEach(root -> row(root, 0, screen));
      table.printList(screen);
    }

    private void row(JsonObject token, int depth, Screen screen) {
      var id = token.getString("token_id");
      var name = depth == 0 ? "" : "  ".repeat(depth - 1) + "└ ";
      table.row(
          name + token.getString("name"),
          id,
          token.getString("scope"),
          TokenWords.state(token, screen),
          Moments.text(token.getString("expires_at"), "never"),
          TokenWords.spent(token),
          TokenWords.bar(token));
      children.getOrDefault(id, List.of()).forEach(child -> row(child, depth + 1, screen));
    }
  }
}
