package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.McpServerFixture.bearer;
import static io.commandcenter.akm.mcp.RawMcp.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A provider key in a tool call goes nowhere. */
class KeyArgumentsTest {
  private static final String KEY = "sk-ant-api03-" + "Ab1_".repeat(23) + "xAA";

  private static McpServerFixture server;
  private static RawMcp raw;

  @BeforeAll
  static void start() throws Exception {
    server = new McpServerFixture();
    raw = new RawMcp(server.vertx, server.uri, bearer("admin")).session();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void forget() {
    server.rooms.asked.clear();
  }

  static Stream<String> calls() {
    var message = new JsonObject().put("role", "user").put("content", "my key: " + KEY + ", ok?");
    return Stream.of(
        call(1, "add_api_key", new JsonObject().put("provider", "anthropic").put("label", KEY)),
        call(1, "add_api_key", new JsonObject().put("api_key", KEY)),
        call(1, "add_api_key", new JsonObject().put(KEY, true)),
        call(1, "rotate_key", new JsonObject().put("env_var", KEY)),
        call(1, "validate_key", new JsonObject().put("key_id", KEY)),
        call(1, "get_usage", new JsonObject().put("provider", KEY)),
        call(1, "estimate_cost", new JsonObject().put("model", "m").put("text", KEY)),
        call(1, "route_request", new JsonObject().put("messages", new JsonArray().add(message))),
        call(1, "route_request", new JsonObject().put("input", new JsonArray().add(KEY))),
        call(1, "get_usage", new JsonObject().put("a", new JsonObject().put("b", KEY))),
        RawMcp.request(
            1,
            "tools/call",
            "{\"name\":\"get_usage\",\"arguments\":{},\"_meta\":{\"k\":\"" + KEY + "\"}}"));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void isRefusedBeforeAnythingSeesIt(String call) throws TimeoutException {
    var answer = raw.post(call);
    assertTrue(answer.json().getJsonObject("result").getBoolean("isError"), answer.body());
    var content = answer.json().getJsonObject("result").getJsonArray("content");
    var problem = new JsonObject(content.getJsonObject(1).getString("text"));
    assertEquals("key-in-argument", problem.getString("code"));
    assertTrue(problem.getString("detail").contains("burned"));
    assertFalse(answer.body().contains(KEY));
    assertEquals(List.of(), server.rooms.asked);
  }

  @Test
  void isNotLoggedEvenAtTrace() throws TimeoutException {
    var seen = new ListAppender<ILoggingEvent>();
    seen.start();
    var loggers = Stream.of("io.commandcenter", "io.modelcontextprotocol", "com.networknt");
    loggers
        .map(LoggerFactory::getLogger)
        .map(Logger.class::cast)
        .forEach(
            logger -> {
              logger.setLevel(Level.TRACE);
              logger.addAppender(seen);
            });
    try {
      for (var call : calls().toList()) {
        raw.post(call);
      }
      raw.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + KEY + "\"}");
      raw.post(RawMcp.request(2, "tools/call", "{\"name\":7,\"arguments\":\"" + KEY + "\"}"));
      raw.post(RawMcp.INITIALIZE.formatted(KEY));
      // Without a key, so that something is logged at all.
      server.rooms.router =
          asked -> {
            throw new IllegalStateException("a fault");
          };
      raw.post(RawMcp.call(3, "route_request", new JsonObject()));
      raw.post("{\"broken\":\"" + KEY);
    } finally {
      Stream.of("io.commandcenter", "io.modelcontextprotocol", "com.networknt")
          .map(LoggerFactory::getLogger)
          .map(Logger.class::cast)
          .forEach(
              logger -> {
                logger.detachAppender(seen);
                logger.setLevel(logger.getName().startsWith("io.model") ? Level.WARN : null);
              });
    }
    assertFalse(seen.list.isEmpty());
    for (var event : seen.list) {
      var cause = event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage();
      assertFalse((event.getFormattedMessage() + cause).contains(KEY), event.toString());
    }
  }
}
