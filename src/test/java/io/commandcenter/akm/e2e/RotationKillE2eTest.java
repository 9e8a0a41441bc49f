package io.commandcenter.akm.e2e;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.simulator.SimulatedProvider;
import io.commandcenter.akm.simulator.Simulator;
import io.commandcenter.akm.testkit.ServerProcess;
import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real server, killed with SIGKILL in each stage of a rotation and started again on the same
 * data, while requests come. Clients send again only what was never answered: no answer is an
 * error, the rotation ends, and the key works.
 *
 * <p>Seen failing with the running rotations left alone at the start: the stage never ends.
 */
class RotationKillE2eTest {
  private static final int ROUNDS = Boolean.getBoolean("akm.soak") ? 10 : 1;
  private static final int PER_SECOND = Boolean.getBoolean("akm.soak") ? 200 : 50;
  private static final List<String> STAGES = List.of("waiting", "validating", "canary", "draining");
  private static final Set<String> ENDS = Set.of("done", "cancelled", "rolled_back");

  @TempDir Path directory;
  private final TestVertx test = new TestVertx();
  private final WebClient client = WebClient.create(test.vertx());
  private Simulator simulator;
  private SimulatedProvider provider;
  private volatile ServerProcess server;
  private int keys;

  @Test
  void goesOnWhereItWasKilledAndNoClientSeesIt(TestReporter reporter) throws Exception {
    simulator = await(Simulator.start(test.vertx()));
    provider = simulator.provider("anthropic");
    restart();
    var first = nextKey();
    var added =
        call(
            HttpMethod.POST,
            "/keys",
            new JsonObject().put("provider", "anthropic").put("label", "main").put("key", first));
    var keyId = await(added).getString("key_id");
    var load = new OpenLoad(test.vertx(), PER_SECOND, () -> server.url(), ServerProcess.TOKEN);
    load.warmUp(PER_SECOND);
    var ends = new ArrayList<String>();
    for (int round = 0; round < ROUNDS; round++) {
      for (var stage : STAGES) {
        ends.add(stage + " -> " + killIn(stage, keyId, "rot_" + round + "_" + stage));
        load.warmUp(PER_SECOND / 2);
      }
    }
    var failed = load.stop();

    assertEquals(List.of(), failed);
    assertTrue(load.retried() > 0, "no request was ever cut: the kills came at the wrong time");
    var key = await(call(HttpMethod.GET, "/keys/" + keyId, null));
    assertEquals("active", key.getString("state"));
    assertEquals(null, key.getString("rotation_id"));
    reporter.publishEntry(
        "killed in", ends + "; " + load.summary() + ", " + load.retried() + " sent again");
    server.close();
    await(simulator.close());
    test.close();
  }

  /** Gives how the rotation ended. */
  private String killIn(String stage, String keyId, String wanted) throws IOException {
    var key = nextKey();
    provider.slowChecks(stage.equals("validating") ? Duration.ofSeconds(3) : null);
    var body = new JsonObject().put("key", key).put("rotation_id", wanted);
    body.put("canary_percent", stage.equals("draining") ? 0 : 5).put("grace_seconds", 2);
    var rotationId = wanted;
    if (stage.equals("waiting")) {
      var page = await(call(HttpMethod.POST, "/keys/" + keyId + "/rotate", null));
      rotationId = page.getString("entry_id").replace("entry_", "rot_");
    } else {
      call(HttpMethod.POST, "/keys/" + keyId + "/rotate", body);
    }
    until(rotationId, stage::equals);
    server.close();
    provider.slowChecks(null);
    restart();
    if (!stage.equals("waiting")) {
      // Whoever was cut off asks again with the same id: that begins no second rotation.
      var again = await(call(HttpMethod.POST, "/keys/" + keyId + "/rotate", body));
      assertEquals(rotationId, again.getString("rotation_id"));
    }
    var ended = until(rotationId, ENDS::contains);
    assertEquals(stage.equals("waiting") ? "cancelled" : "done", ended.getString("state"));
    return ended.getString("state");
  }

  private String nextKey() {
    var key = "sk-ant-api03-" + ("key" + keys++).repeat(10);
    provider.accept(key);
    return key;
  }

  private void restart() throws IOException {
    var akm =
        new JsonObject()
            .put("budget", new JsonObject().put("monthly_usd", 1_000_000))
            .put("vault", new JsonObject().put("canary_requests", 5).put("canary_max_ms", 20_000));
    server =
        ServerProcess.start(directory, simulator, RotationE2eTest.oneProvider(), akm, Map.of());
  }

  private JsonObject until(String rotationId, Predicate<String> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      var rotation = await(call(HttpMethod.GET, "/rotations/" + rotationId, null));
      if (wanted.test(rotation.getString("state", "none"))) {
        return rotation;
      }
      assertTrue(System.nanoTime() < end, "it stays " + rotation);
      await(test.vertx().timer(5, TimeUnit.MILLISECONDS));
    }
  }

  /** The answer's body, whatever its status. */
  private Future<JsonObject> call(HttpMethod method, String path, JsonObject body) {
    var request =
        client
            .requestAbs(method, server.url() + "/api/v1" + path)
            .bearerTokenAuthentication(ServerProcess.TOKEN);
    return (body == null ? request.send() : request.sendJsonObject(body))
        .map(answer -> answer.bodyAsJsonObject());
  }
}
