package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.ConfigLoader;
import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.provider.Protocol;
import io.commandcenter.akm.provider.Protocols;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code akm check}: reads the configuration as serve would, and says what it found. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Checks the configuration and says what is wrong with it.")
final class CheckCommand implements Runnable {
  private final Map<String, String> environment;
  private final Screen screen;

  @Option(names = "--json", description = "Print JSON for machines.")
  private boolean json;

  CheckCommand(Map<String, String> environment, Screen screen) {
    this.environment = environment;
    this.screen = screen;
  }

  @Override
  public void run() {
    var configuration = ConfigLoader.load(environment, LocalDate.now(ZoneOffset.UTC));
    var routing = configuration.routing();
    if (json) {
      screen.line(
          new JsonObject()
              .put("source", configuration.source())
              .put("providers", new JsonArray(java.util.List.copyOf(routing.providers().keySet())))
              .put("tasks", new JsonArray(java.util.List.copyOf(routing.tasks().keySet())))
              .put("warnings", new JsonArray(routing.warnings()))
              .encode());
      return;
    }
    screen.line(screen.good("The configuration is sound") + " (" + configuration.source() + ").");
    var table = new Table().row("provider", "protocol", "key from", "models");
    routing
        .providers()
        .values()
        .forEach(
            provider ->
                table.row(
                    provider.name() + (provider.enabled() ? "" : " (disabled)"),
                    provider.protocol(),
                    keySource(provider),
                    String.join(", ", provider.models())));
    table.print(screen);
    routing.warnings().forEach(warning -> screen.line("warning: " + warning));
  }

  private static String keySource(RoutingConfig.Provider provider) {
    boolean needed = Protocols.of(provider).map(Protocol::needsKey).orElse(true);
    if (provider.apiKeyEnv() == null) {
      return needed ? "vault" : "none needed";
    }
    return "vault or $" + provider.apiKeyEnv();
  }
}
