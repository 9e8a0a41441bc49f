package io.commandcenter.akm.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.mcp.tools.Tool;
import io.commandcenter.akm.mcp.tools.Tools;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The slash commands name tools and arguments that exist. */
class CommandFilesTest {
  private static final Pattern FRONTMATTER = Pattern.compile("(?s)\\A---\\n(.*?)\\n---\\n(.*)\\z");
  private static final Pattern ALLOWED = Pattern.compile("mcp__akm__([a-z_]+)");
  private static final Pattern CALL = Pattern.compile("`([a-z_]+)\\(([a-z_, ]*)\\)`");

  private static final Asking NOBODY =
      new Asking() {
        @Override
        public <Q extends Record, A extends Record> Future<A> ask(Call<Q, A> call, Q request) {
          return Future.failedFuture("nobody answers");
        }
      };

  private static final Map<String, List<String>> TOOLS =
      Tools.all(NOBODY, null).stream()
          .map(Tool::card)
          .collect(Collectors.toMap(card -> card.name(), card -> card.input().names()));

  private static String part(String command, int group) throws IOException {
    var text = Files.readString(Path.of(".claude/commands", command + ".md"));
    var parts = FRONTMATTER.matcher(text);
    assertTrue(parts.matches(), "no frontmatter");
    return parts.group(group);
  }

  private static List<String> all(
      Pattern pattern, String text, Function<java.util.regex.MatchResult, String> what) {
    return pattern.matcher(text).results().map(what).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-config", "api-usage", "api-costs"})
  void nameOnlyToolsThatExist(String command) throws IOException {
    var head = part(command, 1);
    for (var field : List.of("description: ", "argument-hint: ", "allowed-tools: ")) {
      assertTrue(head.contains(field), field);
    }
    var allowed = all(ALLOWED, head, match -> match.group(1));
    assertFalse(allowed.isEmpty());
    assertTrue(TOOLS.keySet().containsAll(allowed), allowed.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-config", "api-usage", "api-costs"})
  void callOnlyAllowedToolsWithArgumentsThatExist(String command) throws IOException {
    var allowed = all(ALLOWED, part(command, 1), match -> match.group(1));
    var calls = CALL.matcher(part(command, 2)).results().toList();
    assertFalse(calls.isEmpty());
    for (var call : calls) {
      assertTrue(allowed.contains(call.group(1)), call.group());
      for (var argument : call.group(2).split(", ?")) {
        assertTrue(argument.isEmpty() || TOOLS.get(call.group(1)).contains(argument), call.group());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-config", "api-usage", "api-costs"})
  void takeTheirArgumentsAndCareForAnEmptyInstallation(String command) throws IOException {
    var body = part(command, 2).replaceAll("\\s+", " ");
    assertTrue(body.contains("$ARGUMENTS"));
    assertTrue(body.contains("Empty installation"));
    assertTrue(body.toLowerCase(java.util.Locale.ROOT).contains("never ask for a key"));
  }

  @Test
  void connectACheckoutWithoutAToken() throws IOException {
    var server =
        new JsonObject(Files.readString(Path.of(".mcp.json")))
            .getJsonObject("mcpServers")
            .getJsonObject("akm");
    assertEquals("http://127.0.0.1:7070/mcp", server.getString("url"));
    assertEquals("Bearer ${AKM_TOKEN}", server.getJsonObject("headers").getString("Authorization"));
  }
}
