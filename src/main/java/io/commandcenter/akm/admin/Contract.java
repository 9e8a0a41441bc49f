package io.commandcenter.akm.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
record Contract(String text, OpenAPIContract api) {
  static Future<Contract> load(Vertx vertx) {
    return vertx
        .executeBlocking(() -> read("/openapi.yaml"))
        .compose(
            text -> OpenAPIContract.from(vertx, parse(text)).map(api -> new Contract(text, api)));
  }

  private static String read(String resource) {
    try (var in = Contract.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject parse(String text) {
    Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    var contract = new JsonObject(document);
    for (var path : contract.getJsonObject("paths")) {
      ((JsonObject) path.getValue()).forEach(each -> withoutAnswers((JsonObject) each.getValue()));
    }
    return contract;
  }

  /** Vert.x refuses a contract that answers with problem+json; it only checks requests here. */
  private static void withoutAnswers(JsonObject operation) {
    operation.put(
        "responses",
        new JsonObject().put("default", new JsonObject().put("description", "as in the file")));
  }
}
