package io.commandcenter.akm.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Many sessions that listen while tools are called and resources change, for minutes: {@code mvn
 * -Pbench test-compile exec:java -Dbench=mcp-load}. Against this product's transport, or with
 * {@code -Dbench.product=true} against akm as a user starts it, where nothing changes the
 * resources. docs/benchmarks.md says how to read it.
 */
public final class McpLoadBenchmark {
  private static final boolean PRODUCT = Boolean.getBoolean("bench.product");
  private static final int SESSIONS = Integer.getInteger("bench.sessions", 1_000);
  private static final int RATE = Integer.getInteger("bench.rate", 2_000);
  private static final int SECONDS = Integer.getInteger("bench.seconds", 300);
  private static final int WARM_UP =
      Integer.getInteger("bench.warm_up_s", Math.max(SECONDS / 10, 2));
  private static final int CHANGES = Integer.getInteger("bench.changes", 5);
  private static final int COUNTERS = 10;
  private static final long PATIENCE_MS = 10_000;

  private McpLoadBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    var target = Files.createDirectories(Path.of("target")).toAbsolutePath();
    var folder = Files.createTempDirectory(target, "bench-");
    Machine.stepAside();
    System.out.printf(
        "%s, %s%nJVM options of the server: %s%n",
        LocalDate.now(ZoneOffset.UTC), Machine.description(), Program.options());
    var endpoint = PRODUCT ? product(folder) : transport(folder);
    var program = endpoint.program().orElseThrow();
    var hook = new Thread(program::close, "bench-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      run(endpoint, program);
    } finally {
      program.close();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    Folders.delete(folder);
  }

  private static McpEndpoint transport(Path folder) throws IOException {
    int port = Machine.freePort();
    var program = Program.ofClass(Machine.GATEWAY, folder, McpVertx.class, port);
    return new McpEndpoint("transport", port, Optional.empty(), Optional.of(program));
  }

  private static McpEndpoint product(Path folder) throws IOException, InterruptedException {
    // Nobody is asked anything there; the upstream is only in the configuration.
    var akm = Akm.prepare(folder, Machine.freePort(), SESSIONS + 100);
    var target = akm.target(akm.start(Machine.GATEWAY));
    return new McpEndpoint("akm", target.port(), Optional.of(target.key()), target.program());
  }

  private static void run(McpEndpoint endpoint, Program program) throws Exception {
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    var uri = System.getProperty("bench.uri", "api://providers");
    var audience =
        new McpAudience(
            vertx,
            endpoint,
            PRODUCT ? 1 : COUNTERS,
            i -> PRODUCT ? uri : McpFeatures.counter(i),
            !PRODUCT);
    audience.open(SESSIONS);
    System.out.printf(
        "%,d sessions listen; RSS %d MiB; %,d calls/s for %d s after a warm-up of %d s%n",
        SESSIONS, program.residentMib(), RATE, SECONDS, WARM_UP);
    var memory = new McpMemory(program, WARM_UP);
    var changes =
        PRODUCT
            ? Optional.<Pace>empty()
            : Optional.of(Pace.start(CHANGES, due -> audience.change()));
    var load = new Load(256, OptionalInt.of(RATE), 0, 0, WARM_UP * 1_000L, SECONDS * 1_000L);
    Measured measured;
    try (var driver = new Driver()) {
      measured =
          driver.put(
              load, endpoint.port(), endpoint.program(), questions(endpoint, audience.sessions()));
    }
    changes.ifPresent(Pace::stop);
    memory.stop();
    boolean all = audience.allHeard(PATIENCE_MS);
    print(measured, memory, audience.heard(), audience.brokenStreams());
    System.out.println(
        audience.end(PATIENCE_MS) && all
            ? "Every session has heard of every change; every stream ended with its session"
            : "NOT every session has heard of every change and ended");
    vertx.close().await();
  }

  private static McpQuestions questions(McpEndpoint endpoint, List<String> sessions) {
    if (!PRODUCT) {
      return McpQuestions.inSessions(endpoint, sessions);
    }
    var tool = System.getProperty("bench.tool", "get_usage");
    var arguments = new JsonObject(System.getProperty("bench.arguments", "{}"));
    return McpQuestions.of(
        sessions.size() * 4,
        i ->
            endpoint.call(
                sessions.get(i % sessions.size()), 10 + i, tool, arguments, "isError\":false"));
  }

  private static void print(
      Measured measured, McpMemory memory, McpAudience.Heard heard, long broken) {
    System.out.printf(
        """
        | | |
        | --- | --: |
        | calls/s | %,.0f |
        | p50 / p99 / p99.9 of a call, ms | %.2f / %.2f / %.2f |
        | CPU of the server, µs a call (its share of notifications and reads included) | %.0f |
        | failed calls | %d |
        | notifications told / heard | %,d / %,d |
        | changes not heard of, over all sessions | %d |
        | events out of order / failed reads and changes / broken streams | %d / %d / %d |
        | a change until it was read, p50 / p99 / most, ms | %.1f / %.1f / %.1f |
        | RSS after warm-up, mean of the first / of the last tenth, MiB | %.0f / %.0f |
        | RSS slope after warm-up, MiB a minute | %.2f |
        """,
        measured.perSecond(),
        measured.latency().at(50) / 1e6,
        measured.latency().at(99) / 1e6,
        measured.latency().at(99.9) / 1e6,
        measured.cpuMicros(),
        measured.failed(),
        heard.told(),
        heard.heard(),
        heard.missing(),
        heard.disordered(),
        heard.failed(),
        broken,
        heard.lag().at(50) / 1e6,
        heard.lag().at(99) / 1e6,
        heard.lag().at(100) / 1e6,
        memory.first(),
        memory.last(),
        memory.mibPerMinute());
  }
}
