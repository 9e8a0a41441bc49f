package io.commandcenter.akm.cli;

import io.commandcenter.akm.core.money.Usd;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.stream.Collectors;

/** A token's record in a person's words. */
final class TokenWords {
  private static final int BAR = 12;

  private TokenWords() {}

  static String state(JsonObject token, Screen screen) {
    var state = token.getString("state");
    return state.equals("active") ? screen.good(state) : screen.bad(state);
  }

  /** Of the limit that is closest to its end; empty without any. */
  static String spent(JsonObject token) {
    var fullest = fullest(token.getJsonArray("budgets", new JsonArray()));
    return fullest == null ? "" : spentOf(fullest);
  }

  static String bar(JsonObject token) {
    var fullest = fullest(token.getJsonArray("budgets", new JsonArray()));
    return fullest == null ? "" : Bar.of(share(fullest), BAR);
  }

  /** For example {@code $1.20 of $5.00 a day}. */
  static String spentOf(JsonObject budget) {
    var span =
        switch (budget.getString("window")) {
          case "day" -> " a day";
          case "month" -> " a month";
          default -> "";
        };
    return "$" + usd(budget, "spent_usd") + " of $" + usd(budget, "limit_usd") + span;
  }

  static String usd(JsonObject budget, String member) {
    var dollars = new BigDecimal(budget.getValue(member).toString());
    return Usd.ofNanos(Usd.toNanos(dollars)).toPlainString();
  }

  static double share(JsonObject budget) {
    return (budget.getDouble("spent_usd") + budget.getDouble("held_usd"))
        / budget.getDouble("limit_usd");
  }

  private static JsonObject fullest(JsonArray budgets) {
    JsonObject fullest = null;
    for (int i = 0; i < budgets.size(); i++) {
      var budget = budgets.getJsonObject(i);
      if (fullest == null || share(budget) > share(fullest)) {
        fullest = budget;
      }
    }
    return fullest;
  }

  /** The names of a limit, or {@code all}. */
  static String names(JsonObject limits, String member) {
    var names = limits.getJsonArray(member, new JsonArray());
    return names.isEmpty()
        ? "all"
        : names.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  /** A token that was just made, with the limits in force. */
  static void minted(JsonObject answer, Screen screen) {
    var limits = answer.getJsonObject("limits", new JsonObject());
    screen.line(screen.strong(answer.getString("token")));
    screen.line("This is the only time it is shown.");
    var table =
        new Table()
            .row("id", answer.getString("token_id"))
            .row("scope", answer.getString("scope"))
            .row("ends", Moments.text(answer.getString("expires_at"), "never"));
    if (answer.getString("parent_id") != null) {
      table.row("parent", answer.getString("parent_id"));
    }
    limits(limits, table);
    table.print(screen);
  }

  static void limits(JsonObject limits, Table table) {
    table
        .row("tasks", names(limits, "tasks"))
        .row("models", names(limits, "models"))
        .row("providers", names(limits, "providers"))
        .row("requests a minute", limits.getValue("requests_per_minute", "no limit of its own"));
  }
}
