package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.EntryPages;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.CompleteReference;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest.CompleteArgument;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ResourceReference;
import io.modelcontextprotocol.spec.McpSchema.SubscribeRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.UnsubscribeRequest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program does with the whole service over a session of the MCP SDK's own client. */
class McpFlowsE2eTest {
  private static final String KEY = "sk-proj-0123456789abcdefghij0123456789";
  private static final Pattern CODE = Pattern.compile("[Cc]onfirmation code:? ([\\w-]+)");

  @TempDir Path directory;
  private final List<McpSyncClient> clients = new ArrayList<>();
  private RunningService akm;

  @BeforeEach
  void start() {
    akm =
        new RunningService(
            directory,
            OriginalRouting.json(),
            new JsonObject().put("budget", new JsonObject().put("monthly_usd", 50)),
            Map.of());
    akm.addKey("anthropic", "main", "sk-ant-key-for-tests-0123456789");
    akm.addKey("openai", "main", "sk-key-for-tests-0123456789");
  }

  @AfterEach
  void stop() {
    clients.forEach(McpSyncClient::closeGracefully);
    akm.close();
  }

  private McpSyncClient client(UnaryOperator<McpClient.SyncSpec> more) {
    var transport =
        HttpClientStreamableHttpTransport.builder(akm.url())
            .endpoint("/mcp")
            .requestBuilder(
                HttpRequest.newBuilder().header("Authorization", "Bearer " + RunningService.TOKEN))
            .build();
    var client = more.apply(McpClient.sync(transport)).build();
    client.initialize();
    clients.add(client);
    return client;
  }

  private McpSyncClient client() {
    return client(spec -> spec);
  }

  /** A client that brings its person to pages. */
  private McpSyncClient clientOf(Function<ElicitUrlRequest, ElicitResult> person) {
    var capabilities = ClientCapabilities.builder().elicitation(false, true).build();
    return client(spec -> spec.capabilities(capabilities).urlElicitation(person));
  }

  @Test
  void everyResourceIsReadAsJsonAndAsMarkdown() {
    var mcp = client();
    var decision = call(mcp, "route_request", Map.of("task", "chat")).getJsonObject("decision");
    var values =
        Map.of(
            "{provider}", "openai",
            "{id}", decision.getString("decision_id"),
            "{day}", LocalDate.now(ZoneOffset.UTC).toString());

    var uris = new ArrayList<String>();
    mcp.listResources().resources().forEach(resource -> uris.add(resource.uri()));
    for (var template : mcp.listResourceTemplates().resourceTemplates()) {
      var name = template.uriTemplate().replaceAll(".*(\\{.*}).*", "$1");
      uris.add(template.uriTemplate().replace(name, values.get(name)));
    }

    assertEquals(7, uris.size(), uris.toString());
    for (var uri : uris) {
      var contents = mcp.readResource(ReadResourceRequest.builder(uri).build()).contents();
      assertEquals(
          List.of("application/json", "text/markdown"),
          contents.stream().map(content -> content.mimeType()).toList(),
          uri);
      assertFalse(new JsonObject(((TextResourceContents) contents.get(0)).text()).isEmpty(), uri);
    }
  }

  @Test
  void aResourceThatIsNotThereIsAnErrorThatSaysSo() {
    var mcp = client();
    var nothing = ReadResourceRequest.builder("api://providers/nobody").build();

    assertThrows(McpError.class, () -> mcp.readResource(nothing));
  }

  @Test
  void everyPromptIsGotten() {
    var mcp = client();

    var names = mcp.listPrompts().prompts().stream().map(prompt -> prompt.name()).toList();

    assertEquals(List.of("api-config", "api-costs", "api-usage"), names.stream().sorted().toList());
    for (var name : names) {
      var messages = mcp.getPrompt(GetPromptRequest.builder(name).build()).messages();
      assertFalse(((TextContent) messages.get(0).content()).text().isBlank(), name);
    }
  }

  @Test
  void namesAreCompletedForPromptsAndTemplates() {
    var mcp = client();

    assertEquals(
        List.of("openai"), completed(mcp, new PromptReference("api-usage"), "provider", "open"));
    assertEquals(
        List.of("anthropic"),
        completed(mcp, new ResourceReference("api://usage/{provider}"), "provider", "anth"));
  }

  private static List<String> completed(
      McpSyncClient mcp, CompleteReference reference, String argument, String typed) {
    var request = CompleteRequest.builder(reference, new CompleteArgument(argument, typed)).build();
    return mcp.completeCompletion(request).completion().values();
  }

  @Test
  void whoHasSubscribedHearsOfAChangeAndNobodyElseDoes() throws InterruptedException {
    var heard = new LinkedBlockingQueue<String>();
    var others = new LinkedBlockingQueue<String>();
    var mcp = client(spec -> hearing(spec, heard));
    client(spec -> hearing(spec, others));
    mcp.subscribeResource(SubscribeRequest.builder("api://usage").build());

    call(mcp, "route_request", Map.of("task", "chat", "prompt", "hello"));

    assertEquals("api://usage", heard.poll(10, TimeUnit.SECONDS));
    assertTrue(others.isEmpty(), others.toString());
    mcp.unsubscribeResource(UnsubscribeRequest.builder("api://usage").build());
  }

  private static McpClient.SyncSpec hearing(McpClient.SyncSpec spec, BlockingQueue<String> heard) {
    return spec.resourcesUpdateConsumer(contents -> heard.add(contents.get(0).uri()));
  }

  @Test
  void aRoutedRequestReportsItsProgress() {
    var steps = new LinkedBlockingQueue<Double>();
    var mcp = client(spec -> spec.progressConsumer(step -> steps.add(step.progress())));
    var request =
        CallToolRequest.builder("route_request")
            .arguments(Map.of("task", "chat", "prompt", "hello"))
            .meta(Map.of("progressToken", "p1"))
            .build();

    var result = mcp.callTool(request);

    assertFalse(Boolean.TRUE.equals(result.isError()), () -> text(result));
    // This client hands each to its consumer on another thread: their order is not the server's.
    assertTrue(steps.size() >= 2, steps::toString);
    assertEquals(steps.size(), steps.stream().distinct().count(), steps::toString);
  }

  @Test
  void aPersonWhoIsBroughtToThePageEntersTheKeyThere() throws InterruptedException {
    akm.simulated("openai").accept(KEY);
    var person = new EntryPages(akm.vertx());
    var asked = new LinkedBlockingQueue<ElicitUrlRequest>();
    var mcp =
        clientOf(
            page -> {
              asked.add(page);
              var link = new JsonObject().put("url", page.url()).put("code", code(page.message()));
              assertEquals(200, person.enter(link, KEY).statusCode());
              return new ElicitResult(ElicitResult.Action.ACCEPT, null);
            });

    var answer = call(mcp, "add_api_key", Map.of("provider", "openai", "label", "second"));

    assertEquals("stored", answer.getString("status"));
    assertFalse(answer.encode().contains(KEY));
    assertEquals(1, asked.size());
  }

  @Test
  void aPersonWhoDeclinesChangesNothing() {
    var mcp = clientOf(page -> new ElicitResult(ElicitResult.Action.DECLINE, null));

    var answer = call(mcp, "add_api_key", Map.of("provider", "openai", "label", "second"));

    assertEquals("declined", answer.getString("status"));
    assertFalse(akm.get("/api/v1/keys").encode().contains("second"));
  }

  @Test
  void aClientThatOpensNoPagesIsRefusedWithTheLinkInWords() {
    akm.simulated("openai").accept(KEY);
    var mcp = client();
    var request =
        CallToolRequest.builder("add_api_key")
            .arguments(Map.of("provider", "openai", "label", "second"))
            .build();

    var refused = assertThrows(McpError.class, () -> mcp.callTool(request)).getJsonRpcError();

    assertEquals(ErrorCodes.URL_ELICITATION_REQUIRED, refused.code());
    var url = JsonObject.mapFrom(refused.data()).getJsonArray("elicitations").getJsonObject(0);
    assertTrue(refused.message().contains(url.getString("url")), refused.message());
    var link =
        new JsonObject().put("url", url.getString("url")).put("code", code(refused.message()));
    assertEquals(200, new EntryPages(akm.vertx()).enter(link, KEY).statusCode());
    assertTrue(akm.get("/api/v1/keys").encode().contains("second"));
  }

  private static String code(String text) {
    var found = CODE.matcher(text);
    assertTrue(found.find(), text);
    return found.group(1);
  }

  private static JsonObject call(McpSyncClient mcp, String tool, Map<String, Object> arguments) {
    var result = mcp.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    assertFalse(Boolean.TRUE.equals(result.isError()), () -> text(result));
    return JsonObject.mapFrom(result.structuredContent());
  }

  private static String text(CallToolResult result) {
    return result.content().stream()
        .filter(TextContent.class::isInstance)
        .map(content -> ((TextContent) content).text())
        .reduce("", String::concat);
  }
}
