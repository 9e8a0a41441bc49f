package io.commandcenter.akm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What akm costs beside the least that a gateway on this stack can cost, in interleaved rounds of
 * the upstream alone, the bare proxy, akm, and akm again: {@code mvn -Pbench test-compile exec:java
 * -Dbench=gateway}. docs/benchmarks.md says how to read it.
 */
public final class GatewayBenchmark {
  private static final long WATCHDOG_GRACE_MS = 20_000;

  private final Plan plan = Plan.ofProperties();
  private final long end = System.nanoTime() + plan.budgetMs() * 1_000_000;
  private final Results results = new Results();
  private final List<Program> programs = new ArrayList<>();
  private final Path folder;

  private GatewayBenchmark(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var target = Files.createDirectories(Path.of("target")).toAbsolutePath();
    var folder = Files.createTempDirectory(target, "bench-");
    var benchmark = new GatewayBenchmark(folder);
    var hook = new Thread(benchmark::stop, "bench-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    benchmark.watch();
    try {
      benchmark.run();
    } finally {
      benchmark.stop();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
    Folders.delete(folder);
  }

  private void run() throws IOException, InterruptedException {
    Machine.stepAside();
    System.out.printf(
        "%s, %s%nakm: %s; JVM options of both gateways: %s%n",
        LocalDate.now(ZoneOffset.UTC), Machine.description(), Akm.what(), Program.options());
    int upstream = Machine.freePort();
    programs.add(Program.ofClass(Machine.REST, folder("upstream"), MockUpstream.class, upstream));
    var product = Akm.prepare(folder("akm"), upstream);
    int port = Machine.freePort();
    var proxy = Program.ofClass(Machine.GATEWAY, folder("bare"), BareProxy.class, port, upstream);
    programs.add(proxy);
    var service = product.start(Machine.GATEWAY);
    programs.add(service);
    var direct = new Target("direct", upstream, MockUpstream.KEY, Optional.empty());
    var bare = new Target("bare", port, BareProxy.KEY, Optional.of(proxy));
    var akm = product.target(service);
    Machine.pause(1_000);
    double[] atRest = {proxy.residentMib(), service.residentMib()};

    try (var driver = new Driver()) {
      warmUp(driver, List.of(bare, akm));
      rounds(driver, List.of(direct, bare, akm, akm));
    }
    var report = new Report(results, System.out);
    report.print();
    report.resident(atRest);
    service.close();
    var starts = new Starts(product, folder, end);
    for (int i = 0; i < plan.starts(); i++) {
      starts.measure();
    }
    report.starts(starts.plain(), starts.archived());
    report.trust(plan);
  }

  private void warmUp(Driver driver, List<Target> targets) {
    for (var target : targets) {
      driver.put(Load.closed(64, plan.warmUpMs() * 2 / 3), target);
      driver.put(Load.closed(64, plan.warmUpMs() / 3).streaming(50, 0), target);
    }
  }

  private void rounds(Driver driver, List<Target> targets) {
    for (int round = 0; round < plan.rounds(); round++) {
      for (var load : plan.loads().entrySet()) {
        put(driver, load, targets);
      }
      if (round == 0) {
        put(driver, Map.entry(Plan.HELD, plan.held()), targets.subList(0, targets.size() - 1));
      }
    }
  }

  private void put(Driver driver, Map.Entry<String, Load> load, List<Target> targets) {
    for (var target : targets) {
      if (System.nanoTime() > end) {
        System.out.println("not measured, the time is up: " + load.getKey() + ", " + target.name());
      } else {
        results.add(load.getKey(), target.name(), driver.put(load.getValue(), target));
      }
    }
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private void stop() {
    programs.forEach(Program::close);
    programs.clear();
  }

  /** The budget holds even if something hangs. */
  private void watch() {
    var watchdog =
        new Thread(
            () -> {
              Machine.pause(plan.budgetMs() + WATCHDOG_GRACE_MS);
              System.err.println("It hangs: stopped. The logs are in " + folder);
              programs.forEach(Program::close);
              Runtime.getRuntime().halt(1);
            },
            "bench-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
  }
}
