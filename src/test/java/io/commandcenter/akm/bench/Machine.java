package io.commandcenter.akm.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What the measurements run on, and how its cores are shared out. */
final class Machine {
  /** Asked for once: a process that was moved to one core sees only that one. */
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private static final boolean PINS = CORES > 1 && Files.isExecutable(Path.of("/usr/bin/taskset"));

  static final String GATEWAY = "0";
  static final String REST = "1";
  static final String ALL = "0-" + (CORES - 1);

  private Machine() {}

  /** The command, bound to the core of the gateways, that of all the rest, or free of either. */
  static List<String> on(String cores, List<String> command) {
    var bound = new ArrayList<String>();
    if (PINS) {
      bound.addAll(List.of("taskset", "-c", cores));
    }
    bound.addAll(command);
    return bound;
  }

  /** Leaves core 0 to the gateways: also what this process has started already moves to core 1. */
  static void stepAside() throws IOException, InterruptedException {
    if (PINS) {
      var own = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("taskset", "-a", "-c", "-p", REST, own)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  static String description() {
    return "%d cores, %s %s, JDK %s, %s"
        .formatted(
            CORES,
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            PINS ? "gateway on core 0, the rest on core 1" : "not pinned");
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The class path of this build, also inside Maven, where the system's names only Maven's. */
  static String classPath() {
    var entries =
        Machine.class.getClassLoader() instanceof URLClassLoader urls
            ? Arrays.stream(urls.getURLs()).map(URL::getPath)
            : Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
    return entries
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  static void pause(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
