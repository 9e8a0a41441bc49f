package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code akm notices}: what people must hear of. */
@Command(
    name = "notices",
    mixinStandardHelpOptions = true,
    description =
        "What people must hear of, newest first: keys that expire, decoys that were used.")
final class NoticesCommand extends RemoteCommand {
  @Option(names = "--limit", defaultValue = "50", description = "At most so many; 50 by default.")
  private int limit;

  private NoticesCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  static CommandLine of(Map<String, String> environment, Screen screen) {
    return new CommandLine(new NoticesCommand(environment, screen))
        .addSubcommand(new Test(environment, screen));
  }

  @Override
  protected int run(AdminClient api) {
    var answer = api.get("/notices?limit=" + limit);
    if (forMachines(answer)) {
      return 0;
    }
    var texts = new KeyTexts(screen, Instant.now());
    var table = new Table().row("when", "what", "of", "", "webhook");
    KeyTexts.objects(answer.getJsonArray("rows")).forEach(row -> row(table, texts, row));
    table.printList(screen);
    return 0;
  }

  private void row(Table table, KeyTexts texts, JsonObject notice) {
    var delivery = notice.getString("delivery");
    table.row(
        texts.ago(notice.getString("at")),
        screen.strong(notice.getString("kind")),
        notice.getString("subject"),
        notice.getString("detail"),
        switch (delivery) {
          case "delivered" -> screen.good(delivery);
          case "pending" -> screen.warning(delivery);
          case "failed" -> screen.bad(delivery);
          default -> screen.faint(delivery);
        });
  }

  /** {@code akm notices test}. */
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = "Raises a notice that means nothing, to see where it arrives.")
  private static final class Test extends RemoteCommand {
    Test(Map<String, String> environment, Screen screen) {
      super(environment, screen);
    }

    @Override
    protected int run(AdminClient api) {
      var notice = api.post("/notices/test", null);
      if (!forMachines(notice)) {
        screen.line(
            "Raised "
                + notice.getString("event_id")
                + (notice.getString("delivery").equals("unsent")
                    ? "; no webhook is configured, so it is in the log and in akm notices only."
                    : "; it is on its way to the webhook, akm notices shows when it arrived."));
      }
      return 0;
    }
  }
}
