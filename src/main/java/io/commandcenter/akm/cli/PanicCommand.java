package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm panic}. */
@Command(
    name = "panic",
    mixinStandardHelpOptions = true,
    description = "Freezes a key, a provider or everything at once, and lists every use of it.")
final class PanicCommand extends RemoteCommand {
  @Parameters(paramLabel = "KEY", arity = "0..1", description = "Its id, or provider/label.")
  private String key;

  @Option(names = "--provider", description = "Every key of a provider, those added later too.")
  private String provider;

  @Option(names = "--all", description = "Every key.")
  private boolean all;

  @Option(
      names = "--since",
      defaultValue = "24h",
      description = "List uses since then: 2h, 7d, a day or an instant; 24h by default.")
  private String since;

  @Option(names = "--reason", description = "A word or two without blanks, for the audit log.")
  private String reason;

  PanicCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var now = Instant.now();
    var ask = scope(api).put("since", Spans.instant(since, now, -1).toString());
    if (reason != null) {
      ask.put("reason", reason);
    }
    var report = api.post("/panic", ask);
    if (!forMachines(report)) {
      print(report, new KeyTexts(screen, now));
    }
    return 0;
  }

  private void print(JsonObject report, KeyTexts texts) {
    var keys = KeyTexts.objects(report.getJsonArray("keys"));
    screen.line(
        screen.bad("Frozen: " + report.getString("scope"))
            + " — "
            + keys.size()
            + " key(s), "
            + report.getInteger("leases_revoked")
            + " lease(s) revoked. akm thaw undoes it.");
    var table = new Table().row("id", "provider", "label", "state", "used");
    keys.forEach(
        each ->
            table.row(
                each.getString("key_id"),
                each.getString("provider"),
                each.getString("label"),
                texts.state(each),
                texts.used(each)));
    table.printList(screen);
    uses(report);
    leases(report);
  }

  private void uses(JsonObject report) {
    var page = report.getJsonObject("uses");
    var rows = KeyTexts.objects(page.getJsonArray("rows"));
    screen.line("");
    screen.line(
        "Requests since " + Moments.text(report.getString("since")) + more(rows.size(), page));
    var table = new Table().row("at", "key", "model", "principal", "request", "outcome", "USD");
    rows.forEach(
        use ->
            table.row(
                Moments.text(use.getString("at")),
                use.getString("key_id"),
                use.getString("provider") + "/" + use.getString("model"),
                use.getString("principal", "-"),
                use.getString("request_id"),
                use.getString("outcome"),
                use.getValue("cost_usd")));
    table.printList(screen);
  }

  private void leases(JsonObject report) {
    var page = report.getJsonObject("leases");
    var rows = KeyTexts.objects(page.getJsonArray("rows"));
    screen.line("");
    screen.line(
        "Leases since " + Moments.text(report.getString("since")) + more(rows.size(), page));
    var table = new Table().row("at", "key", "principal", "outcome", "");
    rows.forEach(
        lease ->
            table.row(
                Moments.text(lease.getString("at")),
                lease.getString("key_id"),
                lease.getString("principal"),
                lease.getString("outcome"),
                lease.getString("detail")));
    table.printList(screen);
  }

  private static String more(int rows, JsonObject page) {
    return ": " + rows + (page.containsKey("next") ? " (the newest; there are more)" : "");
  }

  private JsonObject scope(AdminClient api) {
    if (Stream.of(key, provider, all ? "all" : null).filter(Objects::nonNull).count() != 1) {
      throw new IllegalStateException("name a KEY, or say --provider P or --all");
    }
    var scope = new JsonObject();
    if (key != null) {
      return scope.put("key_id", KeyTexts.id(api, key));
    }
    return provider == null ? scope.put("all", true) : scope.put("provider", provider);
  }
}
