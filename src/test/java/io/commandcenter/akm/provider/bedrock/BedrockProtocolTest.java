package io.commandcenter.akm.provider.bedrock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.AnswerBuilder;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Reasoning;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.ToolChoice;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BedrockProtocolTest {
  private static final String CLAUDE = "global.anthropic.claude-sonnet-5-5";
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final BedrockProtocol BEDROCK = new BedrockProtocol();

  private static ProviderRequest.Chat chat(String model, boolean stream, Turn... turns) {
    return new ProviderRequest.Chat(
        model,
        new ChatRequest(
            List.of(turns),
            List.of(),
            null,
            null,
            new Reasoning("low", null, null),
            Sampling.ofTemperature(0.5),
            null,
            List.of("END"),
            null),
        500,
        stream);
  }

  private static Turn user(Part... parts) {
    return new Turn(Turn.Role.USER, List.of(parts));
  }

  @Test
  void writesAToolLoopForConverse() {
    var call =
        BEDROCK.encode(
            chat(
                CLAUDE,
                false,
                Turn.of(Turn.Role.SYSTEM, "Be brief."),
                user(
                    new Part.Text("What?"),
                    new Part.Image(new Part.Inline("image/png", "iVBORw0KGgo="), null)),
                new Turn(
                    Turn.Role.ASSISTANT,
                    List.of(
                        new Part.Thinking("hm", "sig", null, "anthropic"),
                        new Part.ToolCall("c1", "f", "{\"a\":1}", null))),
                user(new Part.ToolResult("c1", null, List.of(new Part.Text("no")), true))));
    assertEquals("/model/" + CLAUDE + "/converse", call.path());
    assertEquals(
        new JsonObject(
            """
            {"system": [{"text": "Be brief."}],
             "messages": [
               {"role": "user", "content": [{"text": "What?"},
                 {"image": {"format": "png", "source": {"bytes": "iVBORw0KGgo="}}}]},
               {"role": "assistant", "content": [
                 {"reasoningContent": {"reasoningText": {"text": "hm", "signature": "sig"}}},
                 {"toolUse": {"toolUseId": "c1", "name": "f", "input": {"a": 1}}}]},
               {"role": "user", "content": [
                 {"toolResult": {"toolUseId": "c1", "content": [{"text": "no"}], "status": "error"}}]}],
             "toolConfig": {"tools": [{"toolSpec": {"name": "f",
               "inputSchema": {"json": {"type": "object", "properties": {}}}}}]},
             "inferenceConfig": {"maxTokens": 500, "stopSequences": ["END"]},
             "additionalModelRequestFields": {"thinking": {"type": "adaptive", "display": "omitted"},
               "output_config": {"effort": "low"}}}
            """),
        call.body().toJsonObject());
  }

  @Test
  void samplesModelsOfOtherVendors() {
    var call = BEDROCK.encode(chat("amazon.nova-pro-v1:0", true, user(new Part.Text("x"))));
    assertEquals("/model/amazon.nova-pro-v1%3A0/converse-stream", call.path());
    assertEquals(
        0.5, call.body().toJsonObject().getJsonObject("inferenceConfig").getDouble("temperature"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/b", "a?b", "a%2fb", "", "a b"})
  void refusesAModelThatWouldChangeThePath(String model) {
    var chat = chat(model, false, user(new Part.Text("x")));
    assertThrows(Failure.class, () -> BEDROCK.encode(chat));
  }

  @Test
  void offersToolsAsConverseHasThem() {
    var request =
        new ProviderRequest.Chat(
            "amazon.nova-pro-v1:0",
            new ChatRequest(
                List.of(Turn.of(Turn.Role.USER, "x")),
                List.of(new Tool("f", "Does f.", Map.of("type", "object"), null)),
                new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("f"), null),
                null,
                null,
                null,
                null,
                List.of(),
                null),
            5,
            false);
    assertEquals(
        new JsonObject("{\"tool\": {\"name\": \"f\"}}"),
        BEDROCK
            .encode(request)
            .body()
            .toJsonObject()
            .getJsonObject("toolConfig")
            .getJsonObject("toolChoice"));
  }

  @Test
  void readsAnAnswerWithThinkingAndACall() {
    var body =
        """
        {"output": {"message": {"role": "assistant", "content": [
           {"reasoningContent": {"reasoningText": {"text": "hm", "signature": "s"}}},
           {"text": "Hi"}, {"toolUse": {"toolUseId": "t", "name": "f", "input": {"a": 1}}}]}},
         "stopReason": "tool_use",
         "usage": {"inputTokens": 5, "outputTokens": 3, "cacheReadInputTokens": 2, "cacheWriteInputTokens": 1}}
        """;
    var answered =
        (Answered)
            BEDROCK.decode(
                chat(CLAUDE, false, user(new Part.Text("x"))),
                200,
                MultiMap.caseInsensitiveMultiMap(),
                Buffer.buffer(body),
                NOW);
    assertEquals(whole(new TokenUsage(5, 2, 1, 0, 3, 0, false)), answered.answer());
  }

  private static ChatAnswer whole(TokenUsage usage) {
    return new ChatAnswer(
        null,
        null,
        List.of(
            new Part.Thinking("hm", "s", null, "anthropic"),
            new Part.Text("Hi"),
            new Part.ToolCall("t", "f", "{\"a\":1}", null)),
        StopReason.TOOL_CALLS,
        null,
        usage);
  }

  @Test
  void readsTheSameAnswerFromAStream() {
    var stream = Buffer.buffer();
    var events =
        List.of(
            "messageStart|{\"role\":\"assistant\"}",
            "contentBlockDelta|{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"hm\"}}}",
            "contentBlockDelta|{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"signature\":\"s\"}}}",
            "contentBlockDelta|{\"contentBlockIndex\":1,\"delta\":{\"text\":\"Hi\"}}",
            "contentBlockStart|{\"contentBlockIndex\":2,\"start\":{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"f\"}}}",
            "contentBlockDelta|{\"contentBlockIndex\":2,\"delta\":{\"toolUse\":{\"input\":\"{\\\"a\\\":1}\"}}}",
            "contentBlockStop|{\"contentBlockIndex\":2}",
            "messageStop|{\"stopReason\":\"tool_use\"}",
            "metadata|{\"usage\":{\"inputTokens\":5,\"outputTokens\":3}}");
    for (var event : events) {
      var parts = event.split("\\|", 2);
      stream.appendBuffer(AwsFrames.event(parts[0], parts[1]));
    }
    var reader = BEDROCK.reader(chat(CLAUDE, true, user(new Part.Text("x"))), NOW);
    var builder = new AnswerBuilder();
    reader.read(stream, builder::add);
    assertTrue(reader.ended());
    assertEquals(whole(TokenUsage.of(5, 3)), builder.build());
  }

  @Test
  void tellsAnExceptionInsideAStream() {
    var reader = BEDROCK.reader(chat(CLAUDE, true, user(new Part.Text("x"))), NOW);
    reader.read(AwsFrames.event("messageStart", "{}"), event -> {});
    reader.read(AwsFrames.exception("throttlingException", "{\"message\":\"x\"}"), event -> {});
    assertFalse(reader.ended());
    assertEquals(ErrorClass.RATE_LIMIT, reader.failure().orElseThrow().errorClass());
  }
}
