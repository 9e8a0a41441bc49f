package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.ChatDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.commandcenter.akm.gateway.dialect.WholeCalls;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.util.Map;
import java.util.Set;

/** {@code models/{m}:generateContent} and {@code :streamGenerateContent}. */
public final class GenerateContent implements ChatDialect {
  // safetySettings tune Google's own filter, which no other provider has. labels sort a bill.
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "model",
          "contents",
          "systemInstruction",
          "tools",
          "toolConfig",
          "generationConfig",
          "safetySettings",
          "labels");
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of(
          "store", Set.of(false),
          "serviceTier", Set.of("SERVICE_TIER_UNSPECIFIED", "standard", "STANDARD"));

  @Override
  public WireFormat format() {
    return WireFormat.GOOGLE_GENERATE;
  }

  @Override
  public ChatRequest request(Fields body) {
    return read(CamelNames.of(body));
  }

  /** Of a body with camelCase names. */
  static ChatRequest read(Fields body) {
    body.checkOnly(UNDERSTOOD, NEUTRAL);
    var config = GenerationConfig.of(body);
    var tools = FunctionTools.tools(body);
    return new ChatRequest(
        Contents.read(body, config.imageDetail()),
        tools,
        FunctionTools.choice(body, tools),
        config.format(),
        config.reasoning(),
        config.sampling(),
        config.maxOutputTokens(),
        config.stop(),
        null);
  }

  @Override
  public Buffer answer(ChatAnswer answer, Given given) {
    var shown = GenerationConfig.showsThoughts(given.asked());
    var parts = new JsonArray();
    var refused = false;
    for (var part : answer.parts()) {
      if (part instanceof Part.Thinking thinking && shown && !thinking.text().isEmpty()) {
        parts.add(Answers.thought(thinking.text()));
      } else if (part instanceof Part.Text text && !text.text().isEmpty()) {
        parts.add(Answers.text(text.text()));
      } else if (part instanceof Part.Refusal refusal) {
        refused = true;
        parts.add(Answers.text(refusal.text()));
      }
    }
    var calls = WholeCalls.of(answer.parts());
    calls.forEach(call -> parts.add(Answers.call(call)));
    var asked = answer.parts().stream().filter(Part.ToolCall.class::isInstance).count();
    var finish = Answers.finish(answer.stop(), refused, calls.size() < asked);
    var usage = answer.usage() == null ? given.served().usage() : answer.usage();
    return Answers.response(parts, finish, usage, model(answer, given), given).toBuffer();
  }

  private static String model(ChatAnswer answer, Given given) {
    return answer.model() == null ? given.served().model() : answer.model();
  }

  /** Server-sent events, for {@code alt=sse}. */
  @Override
  public StreamWriter writer(Given given) {
    return new GoogleStream(given, GoogleStream.Framing.EVENTS);
  }

  /** One JSON array, which is what comes without {@code alt=sse}. */
  public StreamWriter arrayWriter(Given given) {
    return new GoogleStream(given, GoogleStream.Framing.ARRAY);
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return GoogleErrors.of(failure, requestId);
  }
}
