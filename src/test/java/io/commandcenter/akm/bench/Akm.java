package io.commandcenter.akm.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The product as a user starts it: the jar (or, without one, the classes of this build), the
 * shipped configuration with this upstream as its only provider, a key that is sealed in it.
 */
final class Akm {
  private static final Path JAR = Path.of(System.getProperty("bench.jar", "target/akm.jar"));
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final int port;

  private Akm(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Writes the configuration, starts it once and seals the upstream's key in it. */
  static Akm prepare(Path folder, int upstream) throws IOException, InterruptedException {
    return prepare(folder, upstream, 0);
  }

  /**
   * @param mcpSessions how many one caller may have; 0 for what is shipped
   */
  static Akm prepare(Path folder, int upstream, int mcpSessions)
      throws IOException, InterruptedException {
    var akm = new Akm(folder, Machine.freePort());
    var conf = Files.createDirectories(folder.resolve("conf"));
    for (var name : List.of("akm.json", "prices.json", "logback.xml")) {
      Files.copy(Path.of("conf", name), conf.resolve(name));
    }
    akm.configure(conf, upstream, mcpSessions);
    try (var started = akm.start(Machine.ALL)) {
      akm.target(started);
      var key =
          new JsonObject()
              .put("provider", "openai")
              .put("label", "bench")
              .put("key", MockUpstream.KEY);
      akm.await(
          akm.request("/api/v1/keys").POST(HttpRequest.BodyPublishers.ofString(key.encode())));
    }
    return akm;
  }

  static boolean hasJar() {
    return Files.exists(JAR);
  }

  /** What is measured: a jar may be older than the classes. */
  static String what() throws IOException {
    return hasJar() ? JAR + " of " + Files.getLastModifiedTime(JAR) : "the classes of this build";
  }

  /**
   * Starts it; it may not answer yet.
   *
   * @param flags of the JVM, besides those that all have
   */
  Program start(String cores, String... flags) throws IOException {
    var command = new ArrayList<>(Program.java());
    command.addAll(List.of(flags));
    if (hasJar()) {
      command.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
    } else {
      command.addAll(List.of("-cp", Machine.classPath(), "io.commandcenter.akm.Main"));
    }
    command.add("serve");
    var home = folder.resolve("home").toString();
    return Program.start(folder, Map.of("XDG_CONFIG_HOME", home), Machine.on(cores, command));
  }

  Target target(Program program) throws IOException, InterruptedException {
    await(request("/health/ready").GET());
    return new Target("akm", port, token(), Optional.of(program));
  }

  /** Milliseconds from the start of the process, on all cores, to its first answered chat. */
  double firstAnswer(String... flags) throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (var program = start(Machine.ALL, flags)) {
      program.awaitPort(port);
      var chat =
          "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
      await(request("/v1/chat/completions").POST(HttpRequest.BodyPublishers.ofString(chat)));
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private void configure(Path conf, int upstream, int mcpSessions) throws IOException {
    var server = new JsonObject(Files.readString(conf.resolve("akm.json")));
    server.put("port", port).put("data_dir", folder.resolve("data").toString());
    server.put("allowed_private_hosts", new JsonArray().add("127.0.0.1:" + upstream));
    server.getJsonObject("http").put("max_connections", 8192);
    if (mcpSessions > 0) {
      server
          .getJsonObject("mcp")
          .put("max_sessions", mcpSessions)
          .put("max_sessions_per_principal", mcpSessions);
    }
    var budget = Long.getLong("bench.monthly_usd");
    server.getJsonObject("budget").put("monthly_usd", budget);
    Files.writeString(conf.resolve("akm.json"), server.encodePrettily());
    var openai =
        new JsonObject()
            .put("enabled", true)
            .put("endpoint", "http://127.0.0.1:" + upstream + "/v1")
            .put("models", new JsonArray().add("gpt-4o-mini"));
    var routing =
        new JsonObject()
            .put("providers", new JsonObject().put("openai", openai))
            .put("routing", new JsonObject().put("chat", "openai"))
            .put("fallback_order", new JsonArray().add("openai"));
    Files.writeString(conf.resolve("routing.json"), routing.encodePrettily());
  }

  private HttpRequest.Builder request(String path) throws IOException {
    var to = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    to.timeout(PATIENCE).header("Content-Type", "application/json");
    if (Files.exists(tokenFile())) {
      to.header("Authorization", "Bearer " + token());
    }
    return to;
  }

  /** Asks until it is answered well: it may be starting. */
  private void await(HttpRequest.Builder request) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String said = "nothing";
    while (System.nanoTime() < end) {
      try {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 == 2) {
          return;
        }
        said = answer.statusCode() + " " + answer.body();
      } catch (IOException e) {
        said = e.toString();
      }
      Machine.pause(2);
    }
    throw new IllegalStateException("akm does not answer: " + said);
  }

  private String token() throws IOException {
    return Files.readString(tokenFile()).strip();
  }

  private Path tokenFile() {
    return folder.resolve("data").resolve("bootstrap.token");
  }
}
