package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.ChatDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/chat/completions}. */
public final class ChatCompletions implements ChatDialect {
  private static final Set<String> CARRIED_OUT =
      Set.of(
          "model",
          "messages",
          "stream",
          "stream_options",
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "top_p",
          "presence_penalty",
          "frequency_penalty",
          "seed",
          "stop",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "response_format",
          "reasoning_effort",
          "user",
          "safety_identifier");
  // They name a request or a cache; the answer is the same without them.
  private static final Set<String> LEFT_OUT =
      Set.of("metadata", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention");
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.ofEntries(
          Map.entry("n", Set.of(1)),
          Map.entry("logprobs", Set.of(false)),
          Map.entry("top_logprobs", Set.of(0)),
          Map.entry("logit_bias", Set.of(new JsonObject())),
          Map.entry("modalities", Set.of(new JsonArray().add("text"))),
          Map.entry("store", Set.of(false)),
          Map.entry("verbosity", Set.of("medium")),
          Map.entry("functions", Set.of(new JsonArray())),
          Map.entry("service_tier", Set.of("auto", "default")));

  @Override
  public WireFormat format() {
    return WireFormat.OPENAI_CHAT;
  }

  @Override
  public ChatRequest request(Fields body) {
    body.checkOnly(Asked.union(CARRIED_OUT, LEFT_OUT), NEUTRAL);
    var read = ChatTools.nested();
    var tools = read.tools(body);
    return new ChatRequest(
        ChatTurns.read(body),
        tools,
        read.choice(body, tools),
        format(body),
        Asked.reasoning(body, "reasoning_effort"),
        Asked.sampling(body),
        maxTokens(body),
        Asked.stops(body, "stop"),
        Asked.endUser(body));
  }

  @Override
  public Buffer answer(ChatAnswer answer, Given given) {
    return ChatReply.of(answer, given).toBuffer();
  }

  @Override
  public StreamWriter writer(Given given) {
    return new ChatStream(given);
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return OpenAiErrors.of(failure, requestId).toBuffer();
  }

  private static OutputFormat format(Fields body) {
    var format = body.object("response_format");
    if (format == null) {
      return null;
    }
    format.checkOnly(Set.of("type", "json_schema"), Map.of());
    return switch (format.requiredText("type")) {
      case "text" -> null;
      case "json_object" -> OutputFormat.ANY_OBJECT;
      case "json_schema" -> Asked.schema(format.requiredObject("json_schema"));
      default -> throw format.refusal("type", "must be text, json_object or json_schema");
    };
  }

  private static Integer maxTokens(Fields body) {
    if (body.has("max_tokens") && body.has("max_completion_tokens")) {
      throw body.refusal("max_tokens", "is the old name of max_completion_tokens; send one");
    }
    return body.count(body.has("max_tokens") ? "max_tokens" : "max_completion_tokens");
  }
}
