package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm keys add}: from a variable of the server, or by a person on a one-time page. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description =
        "Adds a key. Without --env-var it gives a one-time page on which a person enters the key.")
final class KeysAddCommand extends RemoteCommand {
  private final Duration pause;

  @Parameters(index = "0", paramLabel = "PROVIDER", description = "A configured provider.")
  private String provider;

  @Parameters(index = "1", paramLabel = "LABEL", description = "A new name for the key.")
  private String label;

  @Option(
      names = "--env-var",
      description = "A variable of the server's environment that holds the key.")
  private String envVar;

  @Option(
      names = "--purpose",
      description =
          "inference, or minting for a key that makes other keys and is never sent with requests.")
  private String purpose;

  @Option(names = "--wait", description = "Wait until the key was entered, and say what is stored.")
  private boolean wait;

  /**
   * @param pause between two looks at a page
   */
  KeysAddCommand(Map<String, String> environment, Screen screen, Duration pause) {
    super(environment, screen);
    this.pause = pause;
  }

  @Override
  protected int run(AdminClient api) {
    var ask = new JsonObject().put("provider", provider).put("label", label);
    if (envVar != null) {
      ask.put("env_var", envVar);
    }
    if (purpose != null) {
      ask.put("purpose", purpose);
    }
    var answer = api.post("/keys", ask);
    if (envVar != null) {
      if (!forMachines(answer)) {
        stored(answer);
      }
      return 0;
    }
    if (!forMachines(answer)) {
      page(answer);
    }
    return wait ? await(api, answer.getString("entry_id")) : 0;
  }

  private void page(JsonObject link) {
    screen.line("Open this page and enter the key there; it works once, until");
    screen.line(Moments.text(link.getString("expires_at")) + ":");
    screen.line("");
    screen.line("   " + screen.strong(link.getString("url")));
    screen.line("   confirmation code " + screen.strong(link.getString("code")));
    screen.line("");
  }

  private int await(AdminClient api, String entryId) {
    var spinner = new Spinner(screen, "waiting for the key");
    JsonObject entry = api.get("/entries/" + entryId);
    while (entry.getString("state").equals("open")) {
      spinner.turn();
      LockSupport.parkNanos(pause.toNanos());
      entry = api.get("/entries/" + entryId);
    }
    spinner.clear();
    return ended(entry);
  }

  private int ended(JsonObject entry) {
    var isStored = entry.getString("state").equals("stored");
    if (forMachines(entry)) {
      return isStored ? 0 : 1;
    }
    if (!isStored) {
      screen.line(screen.bad("Nothing was stored: ") + why(entry));
      return 1;
    }
    stored(entry.getJsonObject("key"));
    screen.line("   " + entry.getString("check") + ": " + entry.getString("detail"));
    return 0;
  }

  private static String why(JsonObject entry) {
    var closed = entry.getString("reason");
    if (closed == null) {
      return "the page has expired.";
    }
    return switch (closed) {
      case "wrong-code" -> "a wrong confirmation code was entered five times.";
      case "too-many-keys" -> "the provider refused too many keys.";
      default -> "the token that asked for it is not in force any more.";
    };
  }

  private void stored(JsonObject key) {
    screen.line(
        screen.good("Sealed ")
            + key.getString("provider")
            + "/"
            + key.getString("label")
            + ": "
            + key.getString("masked")
            + ", "
            + key.getString("key_id")
            + ", "
            + key.getString("state"));
  }
}
