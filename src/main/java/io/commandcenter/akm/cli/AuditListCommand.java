package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code akm audit list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the audit log, newest first.")
final class AuditListCommand extends RemoteCommand {
  @Mixin private TimeSpan span;

  @Option(
      names = {"--subject", "--key"},
      paramLabel = "ID",
      description = "Only rows about this key, token or entry.")
  private String subject;

  @Option(names = "--principal", paramLabel = "ID", description = "Only what this one did.")
  private String principal;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Only this action, like key.add; key. for all that begin so.")
  private String action;

  @Option(names = "--outcome", paramLabel = "OUTCOME", description = "ok or denied.")
  private String outcome;

  @Option(names = "--limit", paramLabel = "N", description = "1 to 500; 50 by default.")
  private Integer limit;

  @Option(names = "--before", paramLabel = "SEQ", description = "Only older rows than this one.")
  private Long before;

  AuditListCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var query =
        new Query()
            .with("limit", limit)
            .with("before", before)
            .with("subject", subject)
            .with("principal", principal)
            .with("action", action)
            .with("outcome", outcome)
            .with("since", span.since())
            .with("until", span.until());
    var answer = api.get("/audit" + query);
    if (forMachines(answer)) {
      return 0;
    }
    var table = new Table().row("seq", "at", "principal", "action", "subject", "outcome", "detail");
    var rows = answer.getJsonArray("rows");
    for (int i = 0; i < rows.size(); i++) {
      row(table, rows.getJsonObject(i));
    }
    table.printList(screen);
    if (answer.getLong("next") != null) {
      screen.line(screen.faint("   older rows: --before " + answer.getLong("next")));
    }
    return 0;
  }

  private void row(Table table, JsonObject row) {
    var ended = row.getString("outcome");
    table.row(
        row.getLong("seq"),
        Moments.text(row.getString("at")),
        row.getString("principal"),
        row.getString("action"),
        row.getString("subject"),
        ended.equals("ok") ? ended : screen.bad(ended),
        row.getString("detail"));
  }
}
