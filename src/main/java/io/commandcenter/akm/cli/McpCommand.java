package io.commandcenter.akm.cli;

import io.commandcenter.akm.cli.bridge.Bridge;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code akm mcp}: for MCP clients that start commands and know no HTTP. */
@Command(
    name = "mcp",
    mixinStandardHelpOptions = true,
    description = {
      "Speaks MCP on standard input and output, and carries it to the running service.",
      "For clients that only start commands; others use the service's /mcp directly."
    })
final class McpCommand implements Callable<Integer> {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream errors;

  @Mixin private final ServiceOptions service;

  /**
   * @param out taken by JSON-RPC alone while the command runs
   * @param errors for people
   */
  McpCommand(Map<String, String> environment, InputStream in, PrintStream out, PrintStream errors) {
    this.in = in;
    this.out = out;
    this.errors = errors;
    service = new ServiceOptions(environment);
  }

  @Override
  public Integer call() {
    // Whatever else writes to standard output, now or in a later version, would break the protocol.
    boolean ours = System.out == out;
    if (ours) {
      System.setOut(errors);
    }
    try {
      return bridge(endpoint(service.url()), service.token(), out);
    } catch (IllegalStateException cannot) {
      errors.println("akm mcp could not start: " + cannot.getMessage());
      return 1;
    } finally {
      if (ours) {
        System.setOut(out);
      }
    }
  }

  private int bridge(URI endpoint, String token, OutputStream stdout) {
    var vertx = Vertx.vertx();
    var bridge = new Bridge(vertx, endpoint, token, stdout);
    // A client that ends the process by a signal leaves no session behind either.
    var farewell = new Thread(() -> stop(bridge), "akm-mcp-farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      bridge.start(in).await();
      return 0;
    } finally {
      forget(farewell);
      vertx.close().await();
    }
  }

  private void stop(Bridge bridge) {
    try {
      bridge.close().await(3, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      errors.println("akm mcp did not end its session in time; the service will");
    }
  }

  private static void forget(Thread farewell) {
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException stopping) {
      // It runs already.
    }
  }

  private static URI endpoint(String url) {
    try {
      var uri = new URI(url + "/mcp");
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // falls through to the one sentence for every malformed URL
    }
    throw new IllegalStateException(
        "the service's URL must be http or https with a host and without credentials");
  }
}
