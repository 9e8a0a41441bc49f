package io.commandcenter.akm.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.keys.KeyShape;
import io.commandcenter.akm.mcp.prompts.Prompts;
import io.commandcenter.akm.mcp.resources.Resources;
import io.commandcenter.akm.testkit.CannedRooms;
import io.commandcenter.akm.testkit.CommandFile;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What installs the commands and the server together names what exists. */
class PluginFilesTest {
  private static final Pattern JSON = Pattern.compile("(?s)```json\\n(.*?)```");

  private static JsonObject json(String file) throws IOException {
    return new JsonObject(Files.readString(Path.of(file)));
  }

  @Test
  void thePluginBringsTheCommandsAndTheServer() throws IOException {
    var plugin = json(".claude-plugin/plugin.json");
    var commands = Path.of(plugin.getJsonArray("commands").getString(0));
    for (var name : CommandFile.NAMES) {
      assertTrue(Files.exists(commands.resolve(name + ".md")), name);
    }
    // Where a plugin's servers are looked for, unless its manifest says otherwise.
    var servers = json(".mcp.json").getJsonObject("mcpServers");
    assertEquals("[akm]", servers.fieldNames().toString());
    // Its tools are then called mcp__plugin_akm_akm__…, which the command files count on.
    assertEquals("akm", plugin.getString("name"));
  }

  @Test
  void thePluginHasTheVersionOfTheProject() throws IOException {
    var pom = Files.readString(Path.of("pom.xml"));
    var version = json(".claude-plugin/plugin.json").getString("version");
    assertTrue(pom.contains("<artifactId>akm</artifactId>\n  <version>" + version + "</version>"));
  }

  @Test
  void theMarketplaceOffersThePlugin() throws IOException {
    var marketplace = json(".claude-plugin/marketplace.json");
    var entry = marketplace.getJsonArray("plugins").getJsonObject(0);
    var plugin = Path.of(entry.getString("source"), ".claude-plugin", "plugin.json");
    assertEquals(entry.getString("name"), json(plugin.toString()).getString("name"));
    assertFalse(marketplace.getJsonObject("owner").getString("name").isBlank());
  }

  @Test
  void theSnippetsForOtherClientsParseAndHoldNoToken() throws IOException {
    var text = Files.readString(Path.of("docs/clients.md"));
    var snippets = JSON.matcher(text).results().map(found -> found.group(1)).toList();
    assertEquals(5, snippets.size());
    for (var snippet : snippets) {
      var parsed = new JsonObject(snippet);
      var servers = parsed.getJsonObject("mcpServers", parsed.getJsonObject("servers"));
      assertTrue(servers.containsKey("akm"), snippet);
    }
    assertFalse(KeyShape.looksLikeKey(text));
    assertEquals(
        json(".mcp.json"), new JsonObject(snippets.get(0)), "the first snippet is .mcp.json");
  }

  @Test
  void theClientsDocumentNamesEveryResourceAndPrompt() throws IOException {
    var text = Files.readString(Path.of("docs/clients.md"));
    for (var resource : Resources.all(new CannedRooms())) {
      assertTrue(text.contains("`" + resource.card().uri() + "`"), resource.card().uri());
    }
    for (var prompt : Prompts.all(new CannedRooms())) {
      assertTrue(text.contains("`" + prompt.card().name() + "`"), prompt.card().name());
      for (var argument : prompt.card().arguments()) {
        assertTrue(text.contains("`" + argument.name() + "`"), argument.name());
      }
    }
  }
}
