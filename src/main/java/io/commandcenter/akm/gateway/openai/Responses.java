package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Reasoning;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.ChatDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /v1/responses}. Nothing is kept between requests: what refers to an earlier response
 * is refused, and each answer says {@code store: false}.
 */
public final class Responses implements ChatDialect {
  private static final Set<String> CARRIED_OUT =
      Set.of(
          "model",
          "input",
          "instructions",
          "stream",
          "max_output_tokens",
          "temperature",
          "top_p",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "text",
          "reasoning",
          "user",
          "safety_identifier");
  // They name a request or a cache, or ask for what only its provider could tell or keep.
  private static final Set<String> LEFT_OUT =
      Set.of(
          "include",
          "metadata",
          "store",
          "stream_options",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention");
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of(
          "background", Set.of(false),
          "truncation", Set.of("disabled"),
          "top_logprobs", Set.of(0),
          "context_management", Set.of(new JsonArray()),
          "service_tier", Set.of("auto", "default"));

  @Override
  public WireFormat format() {
    return WireFormat.OPENAI_RESPONSES;
  }

  @Override
  public ChatRequest request(Fields body) {
    body.checkOnly(Asked.union(CARRIED_OUT, LEFT_OUT), NEUTRAL);
    checkIncluded(body);
    var read = ChatTools.flat();
    var tools = read.tools(body);
    return new ChatRequest(
        InputItems.read(body),
        tools,
        read.choice(body, tools),
        format(body),
        reasoning(body),
        new Sampling(
            body.number("temperature", 0, 2), body.number("top_p", 0, 1), null, null, null, null),
        body.count("max_output_tokens"),
        List.of(),
        Asked.endUser(body));
  }

  /** Written as a stream whose bytes nobody takes: what it ends with is the answer. */
  @Override
  public Buffer answer(ChatAnswer answer, Given given) {
    var stream = new ResponseStream(given);
    answer.events().forEach(stream::event);
    return stream.ended().toBuffer();
  }

  @Override
  public StreamWriter writer(Given given) {
    return new ResponseStream(given);
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return OpenAiErrors.of(failure, requestId).toBuffer();
  }

  private static void checkIncluded(Fields body) {
    if (body.texts("include").contains("message.output_text.logprobs")) {
      throw body.refusal("include", "of logprobs is not supported by this gateway; leave it out");
    }
  }

  private static OutputFormat format(Fields body) {
    var text = body.object("text");
    if (text == null) {
      return null;
    }
    text.checkOnly(Set.of("format"), Map.of("verbosity", Set.of("medium")));
    var format = text.object("format");
    if (format == null) {
      return null;
    }
    return switch (format.requiredText("type")) {
      case "text" -> null;
      case "json_object" -> OutputFormat.ANY_OBJECT;
      case "json_schema" -> Asked.schema(format);
      default -> throw format.refusal("type", "must be text, json_object or json_schema");
    };
  }

  private static Reasoning reasoning(Fields body) {
    var reasoning = body.object("reasoning");
    if (reasoning == null) {
      return null;
    }
    reasoning.checkOnly(
        Set.of("effort", "summary", "generate_summary"),
        Map.of("context", Set.of("auto"), "mode", Set.of("standard")));
    var effort = Asked.effort(reasoning, "effort");
    var shown = showsThinking(reasoning) ? Boolean.TRUE : null;
    return effort == null && shown == null ? null : new Reasoning(effort, null, shown);
  }

  /** Whether a summary of the thinking is asked for. */
  private static boolean showsThinking(Fields reasoning) {
    var kinds = List.of("auto", "concise", "detailed");
    return reasoning.word("summary", kinds) != null
        || reasoning.word("generate_summary", kinds) != null;
  }
}
