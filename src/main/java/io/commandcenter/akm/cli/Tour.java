package io.commandcenter.akm.cli;

import io.commandcenter.akm.simulator.Fault;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The main job, shown as it happens over the REST API: a sealed key, a routed request, a fallback,
 * the account.
 */
final class Tour {
  private static final String PROMPT = "Write a function that reverses a list.";

  private final Screen screen;
  private final AdminClient api;
  private final DemoStage stage;

  Tour(Screen screen, AdminClient api, DemoStage stage) {
    this.screen = screen;
    this.api = api;
    this.stage = stage;
  }

  void walk() {
    sealKeys();
    routeByTask();
    outage();
    account();
  }

  private void sealKeys() {
    screen.title(1, "Keys are sealed");
    var table =
        new Table()
            .row(
                faint("provider"),
                faint("label"),
                faint("what may be shown"),
                faint("fingerprint"),
                faint("state"));
    stage
        .keys()
        .forEach(
            (provider, key) -> {
              var sealed =
                  api.post(
                      "/keys",
                      new JsonObject()
                          .put("provider", provider)
                          .put("label", "demo")
                          .put("key", key));
              table.row(
                  provider,
                  sealed.getString("label"),
                  sealed.getString("masked"),
                  sealed.getString("fingerprint"),
                  screen.good(sealed.getString("state")));
            });
    table.print(screen);
    screen.line(
        faint(
            "   AES-256-GCM, bound to place and origin; the data directory alone opens nothing."));
  }

  private void routeByTask() {
    screen.title(2, "A request is routed by its task");
    var answer = route("code_generation");
    decision(answer.getJsonObject("decision"));
    attempts(answer.getJsonArray("attempts"));
    said(answer);
  }

  private void outage() {
    screen.title(3, "An outage, and the fallback");
    screen.line("   anthropic now answers 529 (overloaded) to everything.");
    stage.simulator().provider("anthropic").fail(Fault.status(529));
    var answer = route("code_generation");
    attempts(answer.getJsonArray("attempts"));
    said(answer);
    stage.simulator().provider("anthropic").heal();
    screen.line(faint("   anthropic is healed again; its health comes back alone."));
  }

  private void account() {
    screen.title(4, "Every token and cent");
    var usage = api.get("/usage");
    var providers = usage.getJsonObject("providers");
    long most =
        Math.max(
            1,
            rows(providers)
                .mapToLong(row -> row.getValue().getLong("total_tokens"))
                .max()
                .orElse(1));
    var table =
        new Table().row(faint("provider"), faint("requests"), faint("tokens"), faint("cost"), "");
    rows(providers)
        .forEach(
            row ->
                table.row(
                    row.getKey(),
                    row.getValue().getLong("total_requests"),
                    row.getValue().getLong("total_tokens"),
                    dollars(row.getValue().getValue("estimated_cost")),
                    Bar.of((double) row.getValue().getLong("total_tokens") / most, 24)));
    table.print(screen);
    screen.line(
        "   budget of this month: "
            + dollars(usage.getValue("budget_remaining"))
            + " of "
            + dollars(usage.getValue("budget_limit"))
            + " left; a hard limit, held before a request is sent.");
  }

  private JsonObject route(String task) {
    return api.post(
        "/route",
        new JsonObject().put("task", task).put("prompt", PROMPT).put("max_output_tokens", 200));
  }

  private void decision(JsonObject decision) {
    screen.line(
        "   task "
            + screen.strong(decision.getString("task"))
            + ", strategy "
            + decision.getString("strategy")
            + ": "
            + decision.getString("explanation"));
    var table =
        new Table().row("", faint("provider"), faint("model"), faint("verdict"), faint("reason"));
    objects(decision.getJsonArray("candidates"))
        .forEach(
            candidate ->
                table.row(
                    candidate.getInteger("rank") == null ? "–" : candidate.getInteger("rank"),
                    candidate.getString("provider"),
                    candidate.getString("model"),
                    verdict(candidate.getString("verdict")),
                    candidate.getString("reason") + ": " + candidate.getString("detail")));
    table.print(screen);
  }

  private void attempts(JsonArray attempts) {
    var table = new Table();
    objects(attempts)
        .forEach(
            attempt ->
                table.row(
                    "attempt " + attempt.getInteger("number"),
                    attempt.getString("provider"),
                    attempt.getString("model"),
                    attempt.getString("outcome").equals("ok")
                        ? screen.good("ok")
                        : screen.bad(attempt.getString("outcome")),
                    attempt.getInteger("http_status") == null
                        ? ""
                        : "HTTP " + attempt.getInteger("http_status"),
                    attempt.getLong("latency_ms") + " ms"));
    table.print(screen);
  }

  private void said(JsonObject answer) {
    screen.line("   " + screen.good("✓ ") + answer.getString("text"));
    screen.line(
        faint(
            "   "
                + answer.getJsonObject("usage").getLong("total_tokens")
                + " tokens, "
                + dollars(answer.getValue("cost_usd"))));
  }

  private String verdict(String verdict) {
    return verdict.equals("chosen")
        ? screen.good(verdict)
        : verdict.equals("excluded") ? screen.bad(verdict) : verdict;
  }

  private String faint(String text) {
    return screen.faint(text);
  }

  private static String dollars(Object amount) {
    var exact = new BigDecimal(String.valueOf(amount));
    return "$" + exact.setScale(Math.max(2, exact.stripTrailingZeros().scale())).toPlainString();
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }

  private static Stream<Map.Entry<String, JsonObject>> rows(JsonObject object) {
    return object.fieldNames().stream().map(name -> Map.entry(name, object.getJsonObject(name)));
  }
}
