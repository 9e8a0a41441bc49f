package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Reasoning;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.ToolChoice;
import io.commandcenter.akm.core.chat.Turn;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request that is put together piece by piece, for tests. */
final class Conversations {
  private static final String PIXEL = "iVBORw0KGgo=";

  private final List<Turn> turns = new ArrayList<>();
  private final List<Tool> tools = new ArrayList<>();
  private ToolChoice choice;
  private OutputFormat format;
  private Reasoning reasoning;
  private Sampling sampling;
  private List<String> stop = List.of();
  private String endUser;
  private boolean stream;

  static Conversations user(Part... parts) {
    return new Conversations().then(Turn.Role.USER, parts);
  }

  static Conversations user(String text) {
    return user(new Part.Text(text));
  }

  Conversations then(Turn.Role role, Part... parts) {
    turns.add(new Turn(role, List.of(parts)));
    return this;
  }

  Conversations tool(String name) {
    tools.add(
        new Tool(
            name,
            "Does " + name + ".",
            Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string"))),
            null));
    return this;
  }

  Conversations choose(ToolChoice.Mode mode, Boolean parallel, String... names) {
    choice = new ToolChoice(mode, List.of(names), parallel);
    return this;
  }

  Conversations format(OutputFormat format) {
    this.format = format;
    return this;
  }

  Conversations think(String effort, Integer budget, Boolean shown) {
    reasoning = new Reasoning(effort, budget, shown);
    return this;
  }

  Conversations sample(Sampling sampling) {
    this.sampling = sampling;
    return this;
  }

  Conversations stop(String... texts) {
    stop = List.of(texts);
    return this;
  }

  Conversations endUser(String id) {
    endUser = id;
    return this;
  }

  Conversations streamed() {
    stream = true;
    return this;
  }

  ProviderRequest.Chat to(String model) {
    return new ProviderRequest.Chat(
        model,
        new ChatRequest(turns, tools, choice, format, reasoning, sampling, null, stop, endUser),
        5000,
        stream);
  }

  JsonObject encoded(String protocol, String model) {
    return Protocols.named(protocol).orElseThrow().encode(to(model)).body().toJsonObject();
  }

  static Part.Image pixel() {
    return new Part.Image(new Part.Inline("image/png", PIXEL), null);
  }

  static Part.Image picture(String url) {
    return new Part.Image(new Part.Url(url, null), null);
  }

  static Part.ToolCall call(String id, String arguments, String signature) {
    return new Part.ToolCall(id, "get_weather", arguments, signature);
  }

  static Part.ToolResult result(String id, String text, boolean isError) {
    return new Part.ToolResult(id, null, List.of(new Part.Text(text)), isError);
  }
}
