package io.commandcenter.akm.cli;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that asks the running service over its admin API. */
abstract class RemoteCommand implements Callable<Integer> {
  protected final Screen screen;
  private final Map<String, String> environment;

  @Mixin private final ServiceOptions service;

  @Option(names = "--json", description = "Print JSON for machines.")
  private boolean json;

  protected RemoteCommand(Map<String, String> environment, Screen screen) {
    this.environment = Map.copyOf(environment);
    this.screen = screen;
    service = new ServiceOptions(this.environment);
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
      return run(new AdminClient(vertx, url(), service.token()));
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
    return service.url();
  }
}
