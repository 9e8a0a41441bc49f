package io.commandcenter.akm.bench;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * One of the things that are compared.
 *
 * @param questions that it is asked
 */
record McpContender(String name, McpEndpoint endpoint, McpQuestions questions) {
  Measured put(Driver driver, Load load) {
    return driver.put(load, endpoint.port(), endpoint.program(), questions);
  }

  /** Refuses to measure a server that does not do its work. */
  static void check(Vertx vertx, McpEndpoint endpoint) {
    var client = new McpClient(vertx, endpoint);
    var session = client.open().await();
    var tool = client.ask(session, "tools/list", new JsonObject()).await().getJsonArray("tools");
    var schema = tool.getJsonObject(0).getJsonObject("inputSchema");
    require(schema.equals(new JsonObject(McpEcho.INPUT.json())), "the schema is another");
    var answer = echo(client, session, new JsonObject().put("text", "Hi"));
    var expected = new JsonObject(Map.copyOf(structured()));
    require(expected.equals(answer.getJsonObject("structuredContent")), "the answer is another");
    require(answer.getJsonArray("content").size() == 1, "the answer has no text");
    require(refuses(client, session, new JsonObject().put("txt", "Hi")), "any name is taken");
    require(refuses(client, session, new JsonObject().put("text", 1)), "any type is taken");
    client.end(session).compose(v -> client.close()).await();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> structured() {
    return (Map<String, Object>) McpEcho.answer(Map.of("text", "Hi")).structuredContent();
  }

  private static JsonObject echo(McpClient client, String session, JsonObject arguments) {
    var params = new JsonObject().put("name", McpEcho.NAME).put("arguments", arguments);
    return client.ask(session, "tools/call", params).await();
  }

  /** As an error, or as a result that says to be one. */
  private static boolean refuses(McpClient client, String session, JsonObject arguments) {
    try {
      return echo(client, session, arguments).getBoolean("isError", false);
    } catch (RuntimeException refused) {
      return true;
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
