package io.commandcenter.akm.testkit;

import io.commandcenter.akm.config.ConfigLoader;
import io.commandcenter.akm.config.ServerConfig;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Map;

/** Configurations as a user's files would give them. */
public final class Configs {
  private Configs() {}

  /**
   * @param changes laid over the shipped akm.json
   */
  public static ServerConfig server(JsonObject changes) {
    return ConfigLoader.of(changes, OriginalRouting.json(), Map.of(), LocalDate.of(2026, 11, 22))
        .server();
  }
}
