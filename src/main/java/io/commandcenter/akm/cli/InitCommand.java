package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.ConfigLoader;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code akm init}: a vault before the first start, and a master key if none is given. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Makes the vault and its master key; refuses if there is a vault.")
final class InitCommand implements Runnable {
  private final Map<String, String> environment;
  private final Screen screen;

  InitCommand(Map<String, String> environment, Screen screen) {
    this.environment = environment;
    this.screen = screen;
  }

  @Override
  public void run() {
    var configuration = ConfigLoader.load(environment, LocalDate.now(ZoneOffset.UTC));
    var where = OfflineData.init(configuration, environment);
    screen.line(
        screen.good("The vault is made")
            + " in "
            + configuration.server().dataDir().toAbsolutePath().normalize()
            + ".");
    screen.line(where);
    screen.line("Keep a copy of the master key apart from the data: without it nothing opens.");
  }
}
