package io.commandcenter.akm.mcp.conformance;

import io.commandcenter.akm.mcp.transport.feature.Ask;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tools that need several rounds, with and without a memory (SEP-2322). */
final class RoundTools {
  private static final String PREFIX = "test_input_required_result_";
  private static final Ask NAME = Asks.form("What is your name?", "name", "string");

  private RoundTools() {}

  static List<FixtureTool> all() {
    return List.of(
        tool("elicitation", RoundTools::name),
        tool("sampling", RoundTools::capital),
        tool("list_roots", RoundTools::roots),
        tool("request_state", RoundTools::confirmed),
        tool("tampered_state", RoundTools::confirmed),
        tool("multiple_inputs", RoundTools::three),
        tool("multi_round", RoundTools::twoSteps),
        tool("capabilities", RoundTools::whatIsOffered));
  }

  private interface Rounds {
    Future<Round<CallToolResult>> next(Call call);
  }

  private static FixtureTool tool(String name, Rounds rounds) {
    return FixtureTool.of(PREFIX + name, (arguments, call) -> rounds.next(call));
  }

  private static Future<Round<CallToolResult>> name(Call call) {
    return Asks.field(call, "user_name", "name")
        .map(name -> Results.text("Hello, " + name + "!"))
        .orElseGet(() -> Results.needs(Map.of("user_name", NAME), null));
  }

  private static Future<Round<CallToolResult>> capital(Call call) {
    return Asks.sampled(call, "capital_question")
        .map(text -> Results.text("The model says: " + text))
        .orElseGet(
            () ->
                Results.needs(
                    Map.of("capital_question", Asks.sample("What is the capital of France?", 100)),
                    null));
  }

  private static Future<Round<CallToolResult>> roots(Call call) {
    return Asks.roots(call, "client_roots")
        .map(roots -> Results.text("Roots: " + roots))
        .orElseGet(() -> Results.needs(Map.of("client_roots", new Ask.ListRoots()), null));
  }

  private static Future<Round<CallToolResult>> confirmed(Call call) {
    return call.memory() != null && call.answers().containsKey("confirm")
        ? Results.text("state-ok")
        : Results.needs(
            Map.of("confirm", Asks.form("Please confirm", "ok", "boolean")),
            new JsonObject().put("asked", "confirm"));
  }

  private static Future<Round<CallToolResult>> three(Call call) {
    var name = Asks.field(call, "user_name", "name");
    var greeting = Asks.sampled(call, "greeting");
    var roots = Asks.roots(call, "client_roots");
    return name.isPresent() && greeting.isPresent() && roots.isPresent()
        ? Results.text("%s: %s %s".formatted(name.get(), greeting.get(), roots.get()))
        : Results.needs(
            Map.of(
                "user_name",
                NAME,
                "greeting",
                Asks.sample("Generate a greeting", 50),
                "client_roots",
                new Ask.ListRoots()),
            new JsonObject().put("asked", "three"));
  }

  private static Future<Round<CallToolResult>> twoSteps(Call call) {
    int step = call.memory() == null ? 0 : call.memory().getInteger("step");
    var name = Asks.field(call, "step1", "name");
    var color = Asks.field(call, "step2", "color");
    if (step == 2 && color.isPresent()) {
      return Results.text(call.memory().getString("name") + " likes " + color.get());
    }
    if (step == 1 && name.isPresent()) {
      return Results.needs(
          Map.of("step2", Asks.form("Step 2: What is your favorite color?", "color", "string")),
          new JsonObject().put("step", 2).put("name", name.get()));
    }
    return Results.needs(
        Map.of("step1", Asks.form("Step 1: What is your name?", "name", "string")),
        new JsonObject().put("step", 1));
  }

  /** Asks only for what the client can do. */
  private static Future<Round<CallToolResult>> whatIsOffered(Call call) {
    var asks = new HashMap<String, Ask>();
    if (call.client().forms()) {
      asks.put("name", NAME);
    }
    if (call.client().sampling()) {
      asks.put("capital", Asks.sample("What is the capital of France?", 50));
    }
    return call.answers().isEmpty() && !asks.isEmpty()
        ? Results.needs(asks, null)
        : Results.text("Thank you.");
  }
}
