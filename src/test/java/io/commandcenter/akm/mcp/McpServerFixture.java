package io.commandcenter.akm.mcp;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.http.Listener;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** The MCP room on a real listener and bus, between fake rooms. */
final class McpServerFixture implements AutoCloseable {
  static final int BODY_LIMIT = 100_000;
  static final ServerConfig.Mcp DEFAULTS =
      new ServerConfig.Mcp(
          20,
          5,
          4,
          Duration.ofMinutes(30),
          Duration.ofMinutes(2),
          Duration.ofSeconds(15),
          Duration.ofMillis(400));

  /** Answers stay plain JSON on a slow machine too. */
  static final ServerConfig.Mcp PATIENT =
      new ServerConfig.Mcp(
          DEFAULTS.maxSessions(),
          DEFAULTS.maxSessionsPerPrincipal(),
          DEFAULTS.maxRequestsInFlight(),
          DEFAULTS.sessionIdle(),
          DEFAULTS.streamKeep(),
          DEFAULTS.heartbeat(),
          Duration.ofSeconds(10));

  final Vertx vertx = Vertx.vertx();
  final Bus bus = new Bus(vertx);
  final FakeRooms rooms = new FakeRooms(bus);
  final URI uri;
  final PublicUrl publicUrl = new PublicUrl();
  final String deployment;

  McpServerFixture() throws TimeoutException {
    this(DEFAULTS);
  }

  McpServerFixture(ServerConfig.Mcp settings) throws TimeoutException {
    bus.serve(AccessCalls.VERIFY, McpServerFixture::verify);
    var verticle = new McpVerticle(bus, config(settings), "1.2.3");
    deployment = vertx.deployVerticle(verticle).await(10, TimeUnit.SECONDS);
    var listener = new Listener(bus, config(settings), publicUrl, List.of(verticle.surface()));
    listener.deploy(vertx).await(10, TimeUnit.SECONDS);
    uri = publicUrl.base().resolve("/mcp");
  }

  /** Takes {@code akm_<scope>_<name>}: every name is a principal of its own. */
  private static Future<Principal> verify(AccessCalls.VerifyToken asked) {
    var parts = asked.token().split("_");
    if (parts.length != 3) {
      return Future.failedFuture(new Failure(Code.UNAUTHENTICATED, "this token is none"));
    }
    return Future.succeededFuture(
        new Principal("tok_" + parts[2], parts[2], Scope.ofSlug(parts[1])));
  }

  static ServerConfig config(ServerConfig.Mcp settings) {
    var second = Duration.ofSeconds(1);
    var ten = Duration.ofSeconds(10);
    var http = new ServerConfig.Http(ten, ten, ten, 1000, BODY_LIMIT, 64, 100, 10, second, 2);
    return new ServerConfig(
        "127.0.0.1",
        0,
        null,
        false,
        List.of("localhost", "127.0.0.1", "[::1]", "fixed.example:8443"),
        List.of("https://console.example"),
        Set.of(),
        Path.of("data"),
        null,
        false,
        http,
        settings,
        new ServerConfig.Vault(second, Duration.ofMinutes(10), second, 0, 1, second),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * @param who a scope, or a scope and a name after an underscore
   */
  static String bearer(String who) {
    return "Bearer akm_" + (who.contains("_") ? who : who + "_" + who);
  }

  /** An initialized client of the Java SDK. */
  McpSyncClient client(String token) {
    return client(token, spec -> spec);
  }

  McpSyncClient client(String token, UnaryOperator<McpClient.SyncSpec> more) {
    var transport =
        HttpClientStreamableHttpTransport.builder(uri.resolve("/").toString())
            .endpoint("/mcp")
            .requestBuilder(HttpRequest.newBuilder().header("Authorization", bearer(token)))
            .build();
    var spec = McpClient.sync(transport).requestTimeout(Duration.ofSeconds(10));
    var client = more.apply(spec).build();
    client.initialize();
    return client;
  }

  McpSyncClient clientThatOpensLinks(String token, UnaryOperator<McpClient.SyncSpec> more) {
    var capabilities = ClientCapabilities.builder().elicitation(false, true).build();
    return client(token, spec -> more.apply(spec.capabilities(capabilities)));
  }

  static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> structured(CallToolResult result) {
    return (Map<String, Object>) result.structuredContent();
  }

  @Override
  public void close() throws TimeoutException {
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}
