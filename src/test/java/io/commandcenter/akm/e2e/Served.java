package io.commandcenter.akm.e2e;

import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;

/**
 * A running service for tests of who may do what: keys in the environment, no provider's limits.
 */
final class Served {
  private Served() {}

  /**
   * @param authFailures so many a minute and address until 429
   */
  static RunningService in(Path folder, int authFailures) {
    var routing = OriginalRouting.json();
    var providers = routing.getJsonObject("providers");
    providers.fieldNames().forEach(name -> providers.getJsonObject(name).remove("rate_limit"));
    return new RunningService(
        folder,
        routing,
        new JsonObject()
            .put("http", new JsonObject().put("auth_failures_per_minute", authFailures)),
        Map.of(
            "ANTHROPIC_API_KEY", "sk-ant-env-key-for-tests",
            "OPENAI_API_KEY", "sk-env-key-for-tests"));
  }
}
