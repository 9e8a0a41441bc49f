package io.commandcenter.akm.cli;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that asks the running service over its admin API. */
abstract class RemoteCommand implements Callable<Integer> {
  protected final Screen screen;
  private final Map<String, String> environment;

  @Option(
      names = "--url",
      description =
          "Base URL of the service; by default $AKM_URL, else the local port of AKM_PORT.")
  private URI givenUrl;

  @Option(
      names = "--token-file",
      description =
          "File with an access token; by default $AKM_TOKEN, else the data directory's"
              + " bootstrap.token.")
  private Path tokenFile;

  @Option(names = "--json", description = "Print JSON for machines.")
  private boolean json;

  protected RemoteCommand(Map<String, String> environment, Screen screen) {
    this.environment = Map.copyOf(environment);
    this.screen = screen;
  }

  /**
   * @return the exit code
   */
  protected abstract int run(AdminClient api);

  /** Whether it works on the data directory itself, while the service does not run. */
  protected boolean offline() {
    return false;
  }

  /**
   * The work without the service.
   *
   * @return the exit code
   */
  protected int runOffline() {
    throw new IllegalStateException("this command needs the running service");
  }

  @Override
  public Integer call() {
    return offline() ? runOffline() : runRemote();
  }

  private int runRemote() {
    var vertx = Vertx.vertx();
    try {
      return run(new AdminClient(vertx, url(), token()));
    } finally {
      vertx.close().await();
    }
  }

  /** Whether the answer is for a machine: then it is printed as it came, and nothing else is. */
  protected boolean forMachines(JsonObject answer) {
    if (json) {
      screen.line(answer.encode());
    }
    return json;
  }

  /** Whether only JSON is to be printed. */
  protected boolean forMachines() {
    return json;
  }

  protected Map<String, String> environment() {
    return environment;
  }

  /** Of the service, without a trailing slash. */
  protected String url() {
    var given = givenUrl == null ? environment.get("AKM_URL") : givenUrl.toString();
    return given == null
        ? "http://127.0.0.1:" + environment.getOrDefault("AKM_PORT", "7070")
        : given.replaceAll("/+$", "");
  }

  private String token() {
    var token = environment.get("AKM_TOKEN");
    if (tokenFile == null && token != null && !token.isBlank()) {
      return token.strip();
    }
    var file =
        tokenFile == null
            ? Path.of(environment.getOrDefault("AKM_DATA", "data"), "bootstrap.token")
            : tokenFile;
    if (!Files.isReadable(file)) {
      throw new IllegalStateException(
          "there is no access token: set AKM_TOKEN or name a file with --token-file");
    }
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
