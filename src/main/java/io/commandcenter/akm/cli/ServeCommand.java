package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.ConfigLoader;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code akm serve}: the service, until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the service (the default).")
final class ServeCommand implements Runnable {
  private final Starter starter;
  private final Map<String, String> environment;
  private final Screen screen;

  ServeCommand(Starter starter, Map<String, String> environment, Screen screen) {
    this.starter = starter;
    this.environment = environment;
    this.screen = screen;
  }

  @Override
  public void run() {
    var configuration = ConfigLoader.load(environment, LocalDate.now(ZoneOffset.UTC));
    configuration.routing().warnings().forEach(warning -> screen.line("warning: " + warning));
    Lifetime.of(Vertx.vertx())
        .run(
            vertx -> starter.start(vertx, configuration, environment),
            running -> Guide.print(screen, running.url(), token(configuration.server().dataDir())));
  }

  /** Where the shell finds a token that is valid here. */
  private String token(Path dataDir) {
    var bootstrap = dataDir.resolve("bootstrap.token");
    boolean own = environment.containsKey("AKM_ADMIN_TOKEN") || !Files.exists(bootstrap);
    return own ? "$AKM_TOKEN" : "$(cat " + bootstrap.toAbsolutePath() + ")";
  }
}
