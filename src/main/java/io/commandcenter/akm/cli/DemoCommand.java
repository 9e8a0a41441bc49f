package io.commandcenter.akm.cli;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code akm demo}: the whole service with simulated providers, and a tour of it. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Runs the service with simulated providers, tours it and stays up.")
final class DemoCommand implements Runnable {
  private final Starter starter;
  private final Map<String, String> environment;
  private final Screen screen;

  @Option(names = "--once", description = "End after the tour.")
  private boolean once;

  DemoCommand(Starter starter, Map<String, String> environment, Screen screen) {
    this.starter = starter;
    this.environment = environment;
    this.screen = screen;
  }

  @Override
  public void run() {
    quieten();
    try {
      var stage = DemoStage.set(Vertx.vertx(), environment);
      screen.line(
          screen.strong("akm demo")
              + ": the service, four simulated providers, a fresh vault in "
              + stage.directory());
      Lifetime.of(stage.vertx())
          .finallyDo(stage::clear)
          .run(
              vertx -> starter.start(vertx, stage.configuration(), stage.environment()),
              running -> tour(stage, running));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tour tells what happens; log lines between its tables would only hide it. */
  private void quieten() {
    if (!environment.containsKey("AKM_LOG_LEVEL")) {
      System.setProperty("AKM_LOG_LEVEL", "WARN");
    }
  }

  private void tour(DemoStage stage, Starter.Running running) {
    var token = stage.token();
    new Tour(screen, new AdminClient(stage.vertx(), running.url(), token), stage).walk();
    if (once) {
      // The shutdown hook drains and closes, as for any other stop.
      new Thread(() -> System.exit(0), "akm-demo-end").start();
    } else {
      Guide.print(screen, running.url(), "$(cat " + stage.tokenFile() + ")");
    }
  }
}
