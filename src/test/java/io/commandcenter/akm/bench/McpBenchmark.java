package io.commandcenter.akm.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tool call costs over this product's MCP transport, in sessions and stateless, beside the
 * MCP Java SDK's own servlet on Jetty: {@code mvn -Pbench test-compile exec:java -Dbench=mcp}. Each
 * server is a process of its own; docs/benchmarks.md says how to read it.
 */
public final class McpBenchmark {
  static final String SERVLET = "SDK servlet";
  static final String SESSIONS = "akm, sessions";
  static final String STATELESS = "akm, stateless";

  private static final int SESSION_COUNT = 256;

  private final Plan plan = Plan.ofProperties();
  private final Results results = new Results();
  private final List<Program> programs = new ArrayList<>();

  private McpBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var target = Files.createDirectories(Path.of("target")).toAbsolutePath();
    var folder = Files.createTempDirectory(target, "bench-");
    var benchmark = new McpBenchmark();
    var hook = new Thread(benchmark::stop, "bench-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      benchmark.run(folder);
    } finally {
      benchmark.stop();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    Folders.delete(folder);
  }

  private void run(Path folder) throws IOException, InterruptedException {
    Machine.stepAside();
    System.out.printf(
        "%s, %s%nJVM options of both servers: %s%n",
        LocalDate.now(ZoneOffset.UTC), Machine.description(), Program.options());
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    var contenders = contenders(vertx, folder);
    var report = new McpReport(results, System.out);
    report.atRest(contenders);
    try (var driver = new Driver()) {
      warmUp(driver, contenders);
      for (int round = 0; round < plan.rounds(); round++) {
        for (var load : loads().entrySet()) {
          for (var contender : contenders) {
            results.add(load.getKey(), contender.name(), contender.put(driver, load.getValue()));
          }
        }
        // Nobody is always the first after a pause.
        Collections.rotate(contenders, 1);
      }
    }
    report.print();
    vertx.close().await();
  }

  private List<McpContender> contenders(Vertx vertx, Path folder) throws IOException {
    var servlet = endpoint(SERVLET, folder, McpServlet.class);
    var akm = endpoint(SESSIONS, folder, McpVertx.class);
    // A process of its own: one that serves both lanes would be twice as warm as the servlet.
    var stateless = endpoint(STATELESS, folder, McpVertx.class);
    McpContender.check(vertx, servlet);
    McpContender.check(vertx, akm);
    var contenders = new ArrayList<McpContender>();
    contenders.add(
        new McpContender(SERVLET, servlet, McpQuestions.inSessions(vertx, servlet, SESSION_COUNT)));
    contenders.add(
        new McpContender(SESSIONS, akm, McpQuestions.inSessions(vertx, akm, SESSION_COUNT)));
    contenders.add(
        new McpContender(STATELESS, stateless, McpQuestions.stateless(stateless, 4_096)));
    return contenders;
  }

  private McpEndpoint endpoint(String name, Path folder, Class<?> main) throws IOException {
    int port = Machine.freePort();
    var own = Files.createDirectories(folder.resolve(name.replaceAll("\\W+", "-")));
    var program = Program.ofClass(Machine.GATEWAY, own, main, port);
    programs.add(program);
    return new McpEndpoint(name, port, Optional.empty(), Optional.of(program));
  }

  private void warmUp(Driver driver, List<McpContender> contenders) {
    for (var contender : contenders) {
      contender.put(driver, Load.closed(64, plan.warmUpMs()));
    }
  }

  private Map<String, Load> loads() {
    var loads = new LinkedHashMap<String, Load>();
    for (int connections : McpReport.CONNECTIONS) {
      loads.put(Plan.closed(connections), Load.closed(connections, plan.windowMs()));
    }
    loads.put(McpReport.OPEN, Load.open(2_000, plan.windowMs()));
    return loads;
  }

  private void stop() {
    programs.forEach(Program::close);
    programs.clear();
  }
}
