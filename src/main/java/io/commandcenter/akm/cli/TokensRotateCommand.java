package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm tokens rotate}. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description =
        "Gives a token a new secret, shown once; the old one works until the overlap ends.")
final class TokensRotateCommand extends RemoteCommand {
  @Parameters(
      paramLabel = "ID",
      defaultValue = "self",
      description = "The token's id; by default the one in use.")
  private String id;

  @Option(
      names = "--overlap",
      converter = Seconds.class,
      description = "How long the old secret still works: 0 to 7d; an hour by default.")
  private Long overlap;

  TokensRotateCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var body = new JsonObject();
    TokenLimitOptions.put(body, "overlap_seconds", overlap);
    var answer = api.post("/tokens/" + TokenPath.of(id) + "/rotate", body);
    if (!forMachines(answer)) {
      screen.line(screen.strong(answer.getString("token")));
      screen.line("This is the only time it is shown.");
      screen.line(
          "The old secret of "
              + answer.getString("name")
              + " works until "
              + answer.getString("old_ends_at")
              + ".");
    }
    return 0;
  }
}
