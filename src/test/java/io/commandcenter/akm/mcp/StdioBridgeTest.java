package io.commandcenter.akm.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.commandcenter.akm.Main;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.testkit.TestVertx;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** {@code akm mcp} as a process, started by the Java SDK's own client, before the real endpoint. */
class StdioBridgeTest {
  @Test
  void aClientThatStartsCommandsUsesTheServiceAndLeavesNoSession() throws Exception {
    var logged = new CopyOnWriteArrayList<String>();
    var asked = new CopyOnWriteArrayList<String>();
    try (var akm = new McpServerFixture()) {
      var transport =
          new StdioClientTransport(parameters(akm), new JacksonMcpJsonMapper(new JsonMapper()));
      transport.setStdErrorHandler(logged::add);
      var client =
          McpClient.sync(transport)
              .requestTimeout(Duration.ofSeconds(20))
              .initializationTimeout(Duration.ofSeconds(20))
              .capabilities(ClientCapabilities.builder().elicitation(false, true).build())
              .urlElicitation(
                  request -> {
                    asked.add(request.url());
                    return ElicitResult.builder(ElicitResult.Action.ACCEPT).build();
                  })
              .build();
      client.initialize();

      assertTrue(client.listTools().tools().size() >= 7);
      assertTrue(McpServerFixture.call(client, "get_usage", Map.of()).isError() != Boolean.TRUE);
      var added =
          McpServerFixture.call(
              client, "add_api_key", Map.of("provider", "openai", "label", "main"));
      assertEquals(List.of("http://127.0.0.1/enter/tok"), asked, added.toString());
      client.closeGracefully();

      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (!sessions(akm).equals("0 sessions")) {
        assertTrue(System.nanoTime() < deadline, sessions(akm));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    assertEquals("", String.join("\n", logged));
  }

  private static String sessions(McpServerFixture akm) {
    return TestVertx.await(akm.bus.ask(ReadyCalls.MCP, new ReadyCalls.AskReady())).detail();
  }

  private static ServerParameters parameters(McpServerFixture akm) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return ServerParameters.builder(java)
        .args(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "mcp")
        .env(
            Map.of(
                "AKM_URL",
                akm.publicUrl.base().toString(),
                "AKM_TOKEN",
                McpServerFixture.bearer("operator").substring(7)))
        .build();
  }
}
