package io.commandcenter.akm.e2e;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.commandcenter.akm.simulator.Fault;
import io.commandcenter.akm.simulator.Simulator;
import io.commandcenter.akm.testkit.ServerProcess;
import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: what is on its way is answered, then everything closes in order. */
class StopE2eTest {
  private static final int REQUESTS = 8;

  @TempDir Path directory;

  @Test
  void requestsOnTheirWayAreAnsweredBeforeTheEnd() throws Exception {
    try (var test = new TestVertx()) {
      var simulator = await(Simulator.start(test.vertx()));
      var client = WebClient.create(test.vertx());
      try (var server = ServerProcess.start(directory, simulator)) {
        simulator.provider("anthropic").fail(Fault.delay(Duration.ofSeconds(2)));
        List<Future<HttpResponse<Buffer>>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
          answers.add(
              client
                  .postAbs(server.url() + "/api/v1/route")
                  .bearerTokenAuthentication(ServerProcess.TOKEN)
                  .sendJsonObject(new JsonObject().put("task", "chat").put("prompt", "hello")));
        }
        while (simulator.provider("anthropic").requests() < REQUESTS) {
          Thread.onSpinWait();
        }

        // 143 = 128 + SIGTERM: the JVM's own exit code after its shutdown hooks.
        assertEquals(143, server.terminate());

        for (var answer : answers) {
          assertEquals(200, await(answer).statusCode());
        }
        assertFalse(
            java.nio.file.Files.exists(directory.resolve("data/akm.db-wal")),
            "the log was not folded in");
      }
      await(simulator.close());
    }
  }
}
