package io.commandcenter.akm.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of its own, with what it costs. */
final class Program implements AutoCloseable {
  private static final long PATIENCE_MS = 30_000;

  private final Process process;

  private Program(Process process) {
    this.process = process;
  }

  /**
   * @param folder where it runs; what it says goes to {@code log} in there
   */
  static Program start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AKM_"));
    builder.environment().putAll(environment);
    var log = ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile());
    return new Program(builder.redirectErrorStream(true).redirectOutput(log).start());
  }

  /** One of this benchmark's own classes. */
  static Program ofClass(String core, Path folder, Class<?> main, int... ports) throws IOException {
    var command = new ArrayList<>(java());
    command.addAll(List.of("-cp", Machine.classPath(), main.getName()));
    for (int port : ports) {
      command.add(Integer.toString(port));
    }
    var program = start(folder, Map.of(), Machine.on(core, command));
    try {
      program.awaitPort(ports[0]);
    } catch (IllegalStateException silent) {
      program.close();
      throw silent;
    }
    return program;
  }

  /** The same JVM with the same options for everything that is compared. */
  static List<String> java() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options().split(" ")));
    return command;
  }

  static String options() {
    return System.getProperty("bench.jvm", "-Xms64m -Xmx512m");
  }

  /** CPU of the whole tree of processes so far; the kernel counts it in steps of 10 ms. */
  Duration cpu() {
    return tree()
        .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Memory of the whole tree in MiB, 0 where the system does not say. */
  long residentMib() {
    return tree().mapToLong(handle -> residentKib(handle.pid())).sum() / 1024;
  }

  void awaitPort(int port) {
    long end = System.nanoTime() + PATIENCE_MS * 1_000_000;
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        Machine.pause(2);
      }
    }
    throw new IllegalStateException("nothing listens on port " + port + "; see the process's log");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private Stream<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private static long residentKib(long pid) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
