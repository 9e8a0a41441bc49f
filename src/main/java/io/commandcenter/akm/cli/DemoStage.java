package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.ConfigLoader;
import io.commandcenter.akm.config.Configuration;
import io.commandcenter.akm.simulator.Simulator;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the demo plays on: a temporary data directory, a fresh master key, simulators in the
 * providers' places, and keys of the right shape that exist nowhere else.
 */
record DemoStage(
    Vertx vertx,
    Path directory,
    Simulator simulator,
    Map<String, String> keys,
    Configuration configuration,
    Map<String, String> environment) {
  private static final List<String> WIRES = List.of("anthropic", "openai", "google", "ollama");
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  static DemoStage set(Vertx vertx, Map<String, String> outer) throws IOException {
    var directory = Files.createTempDirectory("akm-demo-");
    var simulator = Simulator.start(vertx).await();
    var keys = madeUpKeys();
    keys.forEach((wire, key) -> simulator.provider(wire).accept(key));
    var environment = new HashMap<String, String>();
    environment.put("AKM_DATA", directory.resolve("data").toString());
    environment.put("AKM_MASTER_KEY_FILE", directory.resolve("master.key").toString());
    environment.put("AKM_PORT", String.valueOf(port(outer)));
    if (outer.containsKey("AKM_ADMIN_TOKEN")) {
      environment.put("AKM_ADMIN_TOKEN", outer.get("AKM_ADMIN_TOKEN"));
    }
    var configuration =
        ConfigLoader.of(
            akm(simulator), routing(simulator), environment, LocalDate.now(ZoneOffset.UTC));
    return new DemoStage(vertx, directory, simulator, keys, configuration, Map.copyOf(environment));
  }

  private static Map<String, String> madeUpKeys() {
    var keys = new LinkedHashMap<String, String>();
    keys.put("anthropic", "sk-ant-api03-" + random(93) + "AA");
    keys.put("openai", "sk-proj-" + random(74) + "T3BlbkFJ" + random(74));
    keys.put("google", "AQ." + random(40));
    return keys;
  }

  private static String random(int length) {
    var text = new StringBuilder(length);
    RANDOM.ints(length, 0, ALPHABET.length()).forEach(i -> text.append(ALPHABET.charAt(i)));
    return text.toString();
  }

  /** The port asked for, 7070, or a free one if another program has it. */
  private static int port(Map<String, String> environment) {
    int wanted = Integer.parseInt(environment.getOrDefault("AKM_PORT", "7070"));
    try (var socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return wanted == 0 ? 0 : socket.getLocalPort();
    } catch (IOException taken) {
      return 0;
    }
  }

  private static JsonObject akm(Simulator simulator) {
    var hosts = new JsonArray();
    WIRES.forEach(wire -> hosts.add(simulator.provider(wire).hostPort()));
    return new JsonObject()
        .put("allowed_private_hosts", hosts)
        .put("budget", new JsonObject().put("monthly_usd", 5));
  }

  private static JsonObject routing(Simulator simulator) {
    try (var in = DemoStage.class.getClassLoader().getResourceAsStream("conf/routing.json")) {
      var routing =
          new JsonObject(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
      var providers = routing.getJsonObject("providers");
      WIRES.forEach(
          wire ->
              providers
                  .getJsonObject(wire.equals("ollama") ? "local" : wire)
                  .put("endpoint", simulator.provider(wire).endpoint().toString()));
      return routing;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the temporary directory away; what it held was made up. */
  void clear() {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path tokenFile() {
    return directory.resolve("data").resolve("bootstrap.token");
  }

  String token() {
    var given = environment.get("AKM_ADMIN_TOKEN");
    try {
      return given != null ? given : Files.readString(tokenFile()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
