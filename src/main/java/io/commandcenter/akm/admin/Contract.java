package io.commandcenter.akm.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * openapi.yaml, as it is served and as the route table.
 *
 * @param text the file itself
 */
record Contract(Buffer text, OpenAPIContract api) {
  static Future<Contract> load(Vertx vertx) {
    return vertx
        .executeBlocking(() -> read("/openapi.yaml"))
        .compose(
            text -> OpenAPIContract.from(vertx, parse(text)).map(api -> new Contract(text, api)));
  }

  private static Buffer read(String resource) {
    try (var in = Contract.class.getResourceAsStream(resource)) {
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject parse(Buffer text) {
    Map<String, Object> document =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(text.toString(StandardCharsets.UTF_8));
    return new JsonObject(document);
  }
}
