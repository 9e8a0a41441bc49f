package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm keys share}: a one-time wrapped token instead of a key. */
@Command(
    name = "share",
    mixinStandardHelpOptions = true,
    description = {
      "Gives a one-time wrapped token that another service unwraps to a short lease of the key.",
      "What was unwrapped is out of reach: neither a rotation nor the end of the key takes it back."
    })
final class KeysShareCommand extends RemoteCommand {
  @Parameters(index = "0", paramLabel = "KEY", description = "The key's id, as in akm keys list.")
  private String keyId;

  @Option(
      names = "--for",
      paramLabel = "TOKEN_ID",
      description = "The id of the only access token that may unwrap it.")
  private String forToken;

  @Option(
      names = "--ttl",
      converter = SpanConverter.class,
      description =
          "How long it may wait to be unwrapped, and from then on how long the key may be used;"
              + " 5m if not given, at most 10m.")
  private Duration ttl;

  KeysShareCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var ask = new JsonObject();
    if (forToken != null) {
      ask.put("for_token", forToken);
    }
    if (ttl != null) {
      ask.put("ttl_seconds", ttl.toSeconds());
    }
    var shared = api.post("/keys/" + keyId + "/share", ask);
    if (forMachines(shared)) {
      return 0;
    }
    screen.line(
        "A lease of "
            + shared.getString("provider")
            + "/"
            + shared.getString("label")
            + ", to be unwrapped once, until "
            + Moments.text(shared.getString("expires_at"))
            + (forToken == null ? "" : ", by " + forToken)
            + ":");
    screen.line("");
    screen.line("   " + screen.strong(shared.getString("wrap_token")));
    screen.line("");
    screen.line(screen.faint("   There: akm unwrap, or POST /api/v1/unwrap."));
    return 0;
  }
}
