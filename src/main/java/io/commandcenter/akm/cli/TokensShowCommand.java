package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code akm tokens show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a token: its limits, what is spent and held of them, its children.")
final class TokensShowCommand extends RemoteCommand {
  private static final int BAR = 24;

  @Parameters(
      paramLabel = "ID",
      defaultValue = "self",
      description = "The token's id; by default the one in use.")
  private String id;

  TokensShowCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var answer = api.get("/tokens/" + TokenPath.of(id));
    if (forMachines(answer)) {
      return 0;
    }
    describe(answer.getJsonObject("token"));
    children(answer.getJsonArray("children"));
    return 0;
  }

  private void describe(JsonObject token) {
    var table =
        new Table()
            .row("name", screen.strong(token.getString("name")))
            .row("id", token.getString("token_id"))
            .row("scope", token.getString("scope"))
            .row("state", TokenWords.state(token, screen))
            .row("parent", token.getString("parent_id", "none"))
            .row("made", token.getString("created_at"))
            .row("ends", Moments.text(token.getString("expires_at"), "never"))
            .row("last used", token.getString("last_used_at", "never"));
    TokenWords.limits(token.getJsonObject("limits"), table);
    table.print(screen);
    budgets(token.getJsonArray("budgets"));
  }

  private void budgets(JsonArray budgets) {
    var table = new Table();
    for (int i = 0; i < budgets.size(); i++) {
      var budget = budgets.getJsonObject(i);
      table.row(
          TokenWords.spentOf(budget),
          "$" + TokenWords.usd(budget, "held_usd") + " held",
          Bar.of(TokenWords.share(budget), BAR));
    }
    table.print(screen);
  }

  private void children(JsonArray children) {
    if (children.isEmpty()) {
      return;
    }
    screen.line("");
    var table = new Table().row("child", "id", "scope", "state", "ends", "spent", "");
    for (int i = 0; i < children.size(); i++) {
      var child = children.getJsonObject(i);
      table.row(
          child.getString("name"),
          child.getString("token_id"),
          child.getString("scope"),
          TokenWords.state(child, screen),
          Moments.text(child.getString("expires_at"), "never"),
          TokenWords.spent(child),
          TokenWords.bar(child));
    }
    table.print(screen);
  }
}
