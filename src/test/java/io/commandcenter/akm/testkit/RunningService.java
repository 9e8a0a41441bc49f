package io.commandcenter.akm.testkit;

import static io.commandcenter.akm.testkit.TestVertx.await;

import io.commandcenter.akm.Main;
import io.commandcenter.akm.cli.Starter;
import io.commandcenter.akm.config.ConfigLoader;
import io.commandcenter.akm.simulator.SimulatedProvider;
import io.commandcenter.akm.simulator.Simulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The whole service over simulated providers, in this process, on free ports. */
public final class RunningService implements AutoCloseable {
  public static final String TOKEN = "akm-test-admin-token-0123456789";
  private static final List<String> WIRES = List.of("anthropic", "openai", "google", "ollama");

  private final TestVertx test = new TestVertx();
  private final Simulator simulator;
  private final Path directory;
  private final JsonObject routing;
  private final JsonObject akm;
  private final Map<String, String> environment;
  private final WebClient client;
  private Starter.Running running;

  /**
   * @param routing its simulated providers' endpoints are replaced by the simulators'
   * @param environment more variables for the service
   */
  public RunningService(
      Path directory, JsonObject routing, JsonObject akm, Map<String, String> environment) {
    this.directory = directory;
    this.simulator = await(Simulator.start(test.vertx()));
    this.routing = SimulatedRouting.of(routing, simulator);
    this.akm = SimulatedRouting.allowing(akm, simulator);
    this.environment = new HashMap<>(environment);
    this.environment.putIfAbsent("AKM_DATA", directory.resolve("data").toString());
    this.environment.putIfAbsent("AKM_MASTER_KEY_FILE", directory.resolve("master.key").toString());
    this.environment.putIfAbsent("AKM_PORT", "0");
    this.environment.putIfAbsent("AKM_ADMIN_TOKEN", TOKEN);
    this.client = WebClient.create(test.vertx());
    start();
  }

  public void start() {
    var configuration = ConfigLoader.of(akm, routing, environment, LocalDate.of(2026, 11, 22));
    // Longer than other waits: a busy machine takes its time to load everything for the first time.
    running = started(Main.start(test.vertx(), configuration, environment));
  }

  private static Starter.Running started(Future<Starter.Running> starting) {
    try {
      return starting.await(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not started within a minute", e);
    }
  }

  /** Stops the service, not the simulators; {@link #start} brings it up again on the same data. */
  public void stop() {
    await(running.stop());
    running = null;
  }

  public Vertx vertx() {
    return test.vertx();
  }

  public String url() {
    return running.url();
  }

  /** Every route of the listener with its scope, as {@code GET /api/v1/keys operator}. */
  public List<String> routes() {
    return running.routes();
  }

  public Path directory() {
    return directory;
  }

  /**
   * @param wire anthropic, openai, google or ollama
   */
  public SimulatedProvider simulated(String wire) {
    return simulator.provider(wire);
  }

  public HttpResponse<Buffer> call(HttpMethod method, String path, JsonObject body) {
    var request = client.requestAbs(method, url() + path).bearerTokenAuthentication(TOKEN);
    return await(body == null ? request.send() : request.sendJsonObject(body));
  }

  public JsonObject get(String path) {
    return expect(200, call(HttpMethod.GET, path, null));
  }

  public JsonObject post(String path, JsonObject body) {
    var answer = call(HttpMethod.POST, path, body);
    if (answer.statusCode() >= 300) {
      throw new AssertionError(answer.statusCode() + " " + answer.bodyAsString());
    }
    return answer.bodyAsJsonObject();
  }

  public JsonObject addKey(String provider, String label, String key) {
    return post(
        "/api/v1/keys",
        new JsonObject().put("provider", provider).put("label", label).put("key", key));
  }

  public JsonObject route(JsonObject request) {
    return post("/api/v1/route", request);
  }

  private static JsonObject expect(int status, HttpResponse<Buffer> answer) {
    if (answer.statusCode() != status) {
      throw new AssertionError(answer.statusCode() + " " + answer.bodyAsString());
    }
    return answer.bodyAsJsonObject();
  }

  @Override
  public void close() {
    if (running != null) {
      stop();
    }
    await(simulator.close());
    test.close();
  }

  /** Puts the simulators in the places of the providers that are simulated; others stay. */
  public static final class SimulatedRouting {
    private static final JsonObject NONE = new JsonObject();

    private SimulatedRouting() {}

    public static JsonObject of(JsonObject routing, Simulator simulator) {
      var copy = routing.copy();
      var providers = copy.getJsonObject("providers");
      for (var name : providers.fieldNames()) {
        var wire = name.equals("local") ? "ollama" : name;
        if (WIRES.contains(wire)) {
          var endpoint = simulator.provider(wire).endpoint().toString();
          providers.getJsonObject(name).put("endpoint", endpoint);
        }
      }
      return copy;
    }

    public static JsonObject allowing(JsonObject akm, Simulator simulator) {
      var hosts = akm.getJsonArray("allowed_private_hosts", new JsonArray()).copy();
      WIRES.forEach(wire -> hosts.add(simulator.provider(wire).hostPort()));
      // Two instances of the listener: what they share has to stand it.
      var http = new JsonObject().put("instances", 2).mergeIn(akm.getJsonObject("http", NONE));
      return akm.copy().put("allowed_private_hosts", hosts).put("http", http);
    }
  }
}
