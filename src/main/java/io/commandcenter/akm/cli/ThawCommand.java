package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code akm thaw}. */
@Command(
    name = "thaw",
    mixinStandardHelpOptions = true,
    description = "Undoes a freeze; without arguments it shows what is frozen.")
final class ThawCommand extends RemoteCommand {
  @Parameters(paramLabel = "KEY", arity = "0..1", description = "Its id, or provider/label.")
  private String key;

  @Option(names = "--provider", description = "Every key of a provider, those added later too.")
  private String provider;

  @Option(names = "--all", description = "Every key.")
  private boolean all;

  ThawCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    return key == null && provider == null && !all ? show(api) : thaw(api);
  }

  private int show(AdminClient api) {
    var answer = api.get("/panic");
    if (forMachines(answer)) {
      return 0;
    }
    var freezes = KeyTexts.objects(answer.getJsonArray("freezes"));
    if (freezes.isEmpty()) {
      screen.line("Nothing is frozen.");
      return 0;
    }
    var table = new Table().row("frozen", "since", "by", "reason");
    freezes.forEach(
        freeze ->
            table.row(
                screen.bad(freeze.getString("scope")),
                Moments.text(freeze.getString("at")),
                freeze.getString("by"),
                freeze.getString("reason", "-")));
    table.printList(screen);
    return 0;
  }

  private int thaw(AdminClient api) {
    var answer = api.post("/panic/thaw", scope(api));
    if (!forMachines(answer)) {
      var keys = KeyTexts.objects(answer.getJsonArray("keys"));
      long still = keys.stream().filter(each -> each.getBoolean("frozen")).count();
      screen.line(
          "Thawed: "
              + answer.getString("scope")
              + " — "
              + keys.size()
              + " key(s)"
              + (still == 0 ? "." : ", " + still + " of them frozen by another freeze."));
    }
    return 0;
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
