package io.commandcenter.akm.mcp.conformance;

import io.commandcenter.akm.mcp.transport.feature.Ask;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Tools that ask one thing of the client: its model, or a form for its person. */
final class AskingTools {
  private static final String ASKED = "asked";

  private AskingTools() {}

  static List<FixtureTool> all() {
    return List.of(
        FixtureTool.taking("prompt", "test_sampling", AskingTools::sampling),
        FixtureTool.taking(
            "message",
            "test_elicitation",
            (arguments, call) -> form(call, (String) arguments.get("message"), "person")),
        FixtureTool.of(
            "test_elicitation_sep1034_defaults",
            (arguments, call) -> form(call, "Every field has a default", "defaults")),
        FixtureTool.of(
            "test_elicitation_sep1330_enums",
            (arguments, call) -> form(call, "Choose from each list", "enums")),
        FixtureTool.of("test_missing_capability", AskingTools::onlyWithSampling),
        FixtureTool.of(
            "test_streaming_elicitation",
            (arguments, call) ->
                call.answers().containsKey("who")
                    ? Results.text("Thank you.")
                    : Results.needs(Map.of("who", Asks.form("Who?", "name", "string")), null)));
  }

  private static Future<Round<CallToolResult>> sampling(Map<String, Object> arguments, Call call) {
    return Asks.sampled(call, ASKED)
        .map(text -> Results.text("LLM response: " + text))
        .orElseGet(() -> ask(Asks.sample((String) arguments.get("prompt"), 100)));
  }

  private static Future<Round<CallToolResult>> form(Call call, String message, String schema) {
    var answer = call.answers().get(ASKED);
    return answer == null
        ? ask(Asks.form(message, Samples.schema(schema)))
        : Results.text(
            "Elicitation completed: action=%s, content=%s"
                .formatted(answer.getString("action"), answer.getValue("content")));
  }

  private static Future<Round<CallToolResult>> onlyWithSampling(
      Map<String, Object> arguments, Call call) {
    return call.client().sampling()
        ? Results.text("The client has a model.")
        : ask(Asks.sample("Is there a model?", 10));
  }

  private static Future<Round<CallToolResult>> ask(Ask ask) {
    return Results.needs(Map.of(ASKED, ask), null);
  }
}
