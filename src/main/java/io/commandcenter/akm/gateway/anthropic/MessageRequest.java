package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The body of a message request, and of one whose tokens are to be counted. */
final class MessageRequest {
  // cache_control, service_tier: what it costs and when it comes, not what it says.
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "model",
          "messages",
          "system",
          "max_tokens",
          "temperature",
          "top_p",
          "top_k",
          "stop_sequences",
          "stream",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "metadata",
          "cache_control");
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of(
          "service_tier", Set.of("auto", "standard_only"),
          "speed", Set.of("standard"),
          "inference_geo", Set.of("global"),
          "betas", Set.of(new JsonArray()),
          "mcp_servers", Set.of(new JsonArray()));

  private MessageRequest() {}

  /**
   * @param limited whether max_tokens is required
   */
  static ChatRequest read(Fields body, boolean limited) {
    body.checkOnly(UNDERSTOOD, NEUTRAL);
    if (limited && !body.has("max_tokens")) {
      throw body.refusal("max_tokens", "is required");
    }
    var tools = MessageTools.tools(body);
    return new ChatRequest(
        MessageTurns.read(body),
        tools,
        MessageTools.choice(body, tools),
        Thinking.format(body),
        Thinking.reasoning(body),
        sampling(body),
        body.count("max_tokens"),
        stops(body),
        endUser(body));
  }

  private static Sampling sampling(Fields body) {
    return new Sampling(
        body.number("temperature", 0, 1),
        body.number("top_p", 0, 1),
        body.count("top_k"),
        null,
        null,
        null);
  }

  private static List<String> stops(Fields body) {
    var stops = body.texts("stop_sequences");
    if (stops.size() > Bounds.STOPS || stops.contains("")) {
      throw body.refusal(
          "stop_sequences", "must be up to " + Bounds.STOPS + " texts, none of them empty");
    }
    return stops;
  }

  private static String endUser(Fields body) {
    var metadata = body.object("metadata");
    if (metadata == null) {
      return null;
    }
    metadata.checkOnly(Set.of("user_id"), Map.of());
    return metadata.text("user_id");
  }
}
