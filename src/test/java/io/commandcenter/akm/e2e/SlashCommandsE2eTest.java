package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.CommandFile;
import io.commandcenter.akm.testkit.McpSession;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The slash commands' files, followed step by step without a model over the real endpoint. */
class SlashCommandsE2eTest {
  private static final int URL_ELICITATION_REQUIRED = -32042;
  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("provider", "openai"),
          Map.entry("label", "second"),
          Map.entry("by", "day"),
          Map.entry("from", "2026-11-01"),
          Map.entry("to", "2026-11-30"),
          Map.entry("model", "gpt-4"),
          Map.entry("input_tokens", 1000),
          Map.entry("output_tokens", 500),
          Map.entry("text", "How many roads must a man walk down?"),
          Map.entry("task", "chat"),
          Map.entry("strategy", "cheapest"),
          Map.entry("monthly_usd", 25));

  @TempDir Path directory;
  private RunningService akm;
  private McpSession mcp;
  private Set<String> offered;
  private final Iterator<String> variables = List.of("FIRST_NEW_KEY", "SECOND_NEW_KEY").iterator();

  @BeforeEach
  void connect() {
    akm =
        new RunningService(
            directory,
            OriginalRouting.json(),
            new JsonObject().put("budget", new JsonObject().put("monthly_usd", 50)),
            Map.of(
                "FIRST_NEW_KEY", "sk-first-key-for-tests-0123456789",
                "SECOND_NEW_KEY", "sk-second-key-for-tests-0123456789"));
    mcp = new McpSession(akm.vertx(), akm.url(), new ArrayList<>());
    offered =
        mcp.call("tools/list", new JsonObject()).getJsonArray("tools").stream()
            .map(tool -> ((JsonObject) tool).getString("name"))
            .collect(Collectors.toSet());
  }

  @AfterEach
  void disconnect() {
    akm.close();
  }

  @Test
  void workInAnEmptyInstallation() throws IOException {
    assertEquals(
        0,
        mcp.tool("get_usage", new JsonObject())
            .getJsonObject("structuredContent")
            .getDouble("total_cost"));
    follow("api-usage");
    follow("api-costs");
    follow("api-config");
  }

  @Test
  void workInAUsedInstallation() throws IOException {
    akm.addKey("openai", "main", "sk-key-for-tests-0123456789");
    akm.route(new JsonObject().put("task", "analysis").put("prompt", "hello"));
    akm.route(new JsonObject().put("task", "chat").put("prompt", "hello"));

    follow("api-config");
    follow("api-usage");
    follow("api-costs");
  }

  private void follow(String name) throws IOException {
    var command = CommandFile.read(name);
    var prompt =
        mcp.call("prompts/get", new JsonObject().put("name", name)).getJsonArray("messages");
    assertEquals(
        command.body().strip().replace("$ARGUMENTS", "nothing"),
        prompt.getJsonObject(0).getJsonObject("content").getString("text").strip());
    for (var uri : command.resources()) {
      var read = mcp.call("resources/read", new JsonObject().put("uri", uri));
      assertTrue(read.containsKey("contents"), name + " reads " + uri + ": " + read);
    }
    for (var call : command.calls()) {
      assertTrue(offered.contains(call.tool()), call.tool());
      var answer = mcp.tool(call.tool(), arguments(call));
      assertTrue(isAnswer(answer), name + " calls " + call + ": " + answer.encode());
    }
  }

  /** A page for a person is an answer too, also where the client cannot open it. */
  private static boolean isAnswer(JsonObject answer) {
    var error = answer.getJsonObject("error");
    return error == null
        ? !answer.getBoolean("isError", false)
        : error.getInteger("code") == URL_ELICITATION_REQUIRED;
  }

  private JsonObject arguments(CommandFile.Call call) {
    var arguments = new JsonObject();
    for (var name : call.arguments()) {
      var value = name.equals("env_var") ? variables.next() : VALUES.get(name);
      assertTrue(value != null, "this test needs a value for `" + name + "` of " + call);
      arguments.put(name, value);
    }
    return arguments;
  }
}
