package io.commandcenter.akm.testkit;

import io.commandcenter.akm.simulator.Simulator;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The real server in a process of its own, so that it can be killed. */
public final class ServerProcess implements AutoCloseable {
  public static final String TOKEN = RunningService.TOKEN;

  private static final Map<String, String> KEYS =
      Map.of(
          "ANTHROPIC_API_KEY", "sk-ant-env-key-for-tests",
          "OPENAI_API_KEY", "sk-env-key-for-tests");

  private final Process process;
  private final String url;

  private ServerProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts on the data of {@code directory}; returns when it listens. */
  public static ServerProcess start(Path directory, Simulator simulator) throws IOException {
    var budget = new JsonObject().put("budget", new JsonObject().put("monthly_usd", 1_000_000));
    return start(directory, simulator, unlimited(), budget, KEYS);
  }

  /**
   * @param routing its providers' endpoints are replaced by the simulators'
   * @param environment more variables for the server
   */
  public static ServerProcess start(
      Path directory,
      Simulator simulator,
      JsonObject routing,
      JsonObject akm,
      Map<String, String> environment)
      throws IOException {
    var conf = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(
        conf.resolve("routing.json"),
        RunningService.SimulatedRouting.of(routing, simulator).encode());
    Files.writeString(
        conf.resolve("akm.json"),
        RunningService.SimulatedRouting.allowing(akm, simulator).encode());
    var builder =
        new ProcessBuilder(command()).redirectError(directory.resolve("server.log").toFile());
    builder.environment().putAll(environment(directory));
    builder.environment().putAll(environment);
    return listening(builder.start());
  }

  /** The limits of the first configuration would slow a load down. */
  private static JsonObject unlimited() {
    var routing = OriginalRouting.json();
    var providers = routing.getJsonObject("providers");
    providers.fieldNames().forEach(name -> providers.getJsonObject(name).remove("rate_limit"));
    return routing;
  }

  /** Another command of the program, on the same data; its output is in {@code command.log}. */
  public static Process command(Path directory, String... arguments) throws IOException {
    var command = java();
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("command.log").toFile());
    builder.environment().putAll(environment(directory));
    return builder.start();
  }

  private static List<String> command() {
    var command = java();
    command.add("serve");
    return command;
  }

  private static List<String> java() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path")));
    command.add("io.commandcenter.akm.Main");
    return command;
  }

  private static Map<String, String> environment(Path directory) {
    return Map.of(
        "AKM_CONFIG",
        directory.resolve("conf").toString(),
        "AKM_DATA",
        directory.resolve("data").toString(),
        "AKM_MASTER_KEY_FILE",
        directory.resolve("master.key").toString(),
        "AKM_PORT",
        "0",
        "AKM_ADMIN_TOKEN",
        TOKEN);
  }

  private static ServerProcess listening(Process process) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      var words = line.strip().split("\\s+");
      if (words.length > 1 && words[0].equals("MCP")) {
        CompletableFuture.runAsync(() -> lines.lines().forEach(rest -> {}));
        return new ServerProcess(process, words[1].replace("/mcp", ""));
      }
    }
    throw new AssertionError("the server ended before it listened:\n" + said);
  }

  public String url() {
    return url;
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** SIGKILL as soon as the condition holds, or after ten seconds. */
  public void killWhen(BooleanSupplier condition) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean() && System.nanoTime() < until) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    close();
  }

  /** SIGTERM; gives the exit code. */
  public int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      throw new AssertionError("still running 40 s after SIGTERM");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
