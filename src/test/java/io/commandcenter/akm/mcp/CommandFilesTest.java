package io.commandcenter.akm.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.mcp.tools.SomeNeeds;
import io.commandcenter.akm.mcp.tools.Tool;
import io.commandcenter.akm.mcp.tools.ToolCard;
import io.commandcenter.akm.mcp.tools.Tools;
import io.commandcenter.akm.testkit.CommandFile;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The slash commands name tools and arguments that exist. */
class CommandFilesTest {
  private static final Asking NOBODY =
      new Asking() {
        @Override
        public <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q request) {
          return Future.failedFuture("nobody answers");
        }
      };

  private static final Map<String, ToolCard> TOOLS =
      Tools.all(SomeNeeds.with(NOBODY)).stream()
          .map(Tool::card)
          .collect(Collectors.toMap(ToolCard::name, Function.identity()));

  @ParameterizedTest
  @FieldSource("io.commandcenter.akm.testkit.CommandFile#NAMES")
  void nameOnlyToolsThatExist(String name) throws IOException {
    var command = CommandFile.read(name);
    for (var field : List.of("description: ", "argument-hint: ", "allowed-tools: ")) {
      assertTrue(command.head().contains(field), field);
    }
    assertFalse(command.allowed().isEmpty());
    command.allowed().forEach(tool -> assertTrue(TOOLS.containsKey(tool), tool));
    assertEquals(command.allowed(), command.allowedOfPlugin());
  }

  @ParameterizedTest
  @FieldSource("io.commandcenter.akm.testkit.CommandFile#NAMES")
  void callOnlyToolsWithArgumentsThatExist(String name) throws IOException {
    var command = CommandFile.read(name);
    var called = command.calls().stream().map(CommandFile.Call::tool).toList();
    assertTrue(called.containsAll(command.allowed()), "allowed, but not used");
    for (var call : command.calls()) {
      assertTrue(TOOLS.containsKey(call.tool()), call.tool());
      var known = TOOLS.get(call.tool()).input().names();
      assertTrue(known.containsAll(call.arguments()), call.toString());
    }
  }

  /** What destroys something, or may cost money, is for the person to allow each time. */
  @ParameterizedTest
  @FieldSource("io.commandcenter.akm.testkit.CommandFile#NAMES")
  void letNothingPassUnaskedThatDestroysOrSpends(String name) throws IOException {
    for (var tool : CommandFile.read(name).allowed()) {
      var hints = TOOLS.get(tool).hints();
      assertFalse(hints.destructive(), tool);
      assertTrue(hints.readOnly() || !hints.openWorld(), tool);
    }
  }

  @ParameterizedTest
  @FieldSource("io.commandcenter.akm.testkit.CommandFile#NAMES")
  void takeTheirArgumentsAndCareForAnEmptyInstallation(String name) throws IOException {
    var body = CommandFile.read(name).body().replaceAll("\\s+", " ");
    assertTrue(body.contains("$ARGUMENTS"));
    assertTrue(body.contains("Empty installation"));
    assertTrue(body.contains("what to do next"));
    assertTrue(body.toLowerCase(Locale.ROOT).contains("never ask for a key"));
  }

  @Test
  void connectACheckoutWithoutAToken() throws IOException {
    var server =
        new JsonObject(Files.readString(Path.of(".mcp.json")))
            .getJsonObject("mcpServers")
            .getJsonObject("akm");
    assertEquals("${AKM_URL:-http://127.0.0.1:7070}/mcp", server.getString("url"));
    assertEquals("Bearer ${AKM_TOKEN}", server.getJsonObject("headers").getString("Authorization"));
  }
}
