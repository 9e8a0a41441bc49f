package io.commandcenter.akm.e2e;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static io.commandcenter.akm.testkit.TestVertx.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AkmClient;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another Vert.x service on the same bus. */
class AkmClientE2eTest {
  @TempDir Path directory;
  private RunningService akm;
  private AkmClient client;

  @BeforeEach
  void start() {
    akm =
        new RunningService(
            directory,
            OriginalRouting.json(),
            new JsonObject(),
            Map.of("BILLING_KEY", "sk-billing-key-for-tests-0123456789"));
    client = new AkmClient(new Bus(akm.vertx()), "billing");
  }

  @AfterEach
  void stop() {
    akm.close();
  }

  @Test
  void addsAndListsKeysRoutesAndReadsUsage() {
    var key = await(client.addKeyFromEnvironment("openai", "billing", "BILLING_KEY"));
    assertEquals(key.keyId(), await(client.keys("openai")).keys().get(0).keyId());

    var answer =
        await(
            client.route(
                Wire.fromJson(
                    new JsonObject().put("task", "analysis").put("prompt", "hello"),
                    RouteRequest.class)));

    assertTrue(answer.text().contains("hello"), answer.text());
    assertEquals(1, await(client.usage()).providers().get("openai").totalRequests());
  }

  @Test
  void aKeyIsEnteredOnAOneTimePage() {
    var link = await(client.addKey("openai", "main"));

    assertTrue(link.url().startsWith(akm.url() + "/entry/"), link.url());
  }

  @Test
  void failuresKeepTheirCodes() {
    var unknown = failure(client.addKey("opnai", "main"), Failure.class);

    assertEquals(Code.UNKNOWN_PROVIDER, unknown.code());
    assertTrue(unknown.detail().contains("openai"), unknown.detail());
  }
}
