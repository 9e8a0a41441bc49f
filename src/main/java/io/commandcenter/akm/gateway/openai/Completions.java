package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.ChatDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/completions}, the old call: a prompt is what a user says. */
public final class Completions implements ChatDialect {
  static final String OBJECT = "text_completion";
  static final String ID = "cmpl-";

  private static final Set<String> UNDERSTOOD =
      Set.of(
          "model",
          "prompt",
          "stream",
          "stream_options",
          "max_tokens",
          "temperature",
          "top_p",
          "presence_penalty",
          "frequency_penalty",
          "seed",
          "stop",
          "user");
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of(
          "n", Set.of(1),
          "best_of", Set.of(1),
          "echo", Set.of(false),
          "suffix", Set.of(""),
          "logit_bias", Set.of(new JsonObject()));

  @Override
  public WireFormat format() {
    return WireFormat.OPENAI_COMPLETIONS;
  }

  @Override
  public ChatRequest request(Fields body) {
    body.checkOnly(UNDERSTOOD, NEUTRAL);
    return new ChatRequest(
        List.of(Turn.of(Turn.Role.USER, prompt(body))),
        List.of(),
        null,
        null,
        null,
        Asked.sampling(body),
        body.count("max_tokens"),
        Asked.stops(body, "stop"),
        body.text("user"));
  }

  @Override
  public Buffer answer(ChatAnswer answer, Given given) {
    var choice =
        new JsonObject()
            .put("text", answer.text())
            .put("index", 0)
            .putNull("logprobs")
            .put("finish_reason", ChatReply.finishReason(answer.stop(), false));
    var usage = answer.usage() == null ? given.served().usage() : answer.usage();
    var body =
        new JsonObject()
            .put("id", ChatReply.id(answer.id(), ID, given))
            .put("object", OBJECT)
            .put("created", given.now().getEpochSecond())
            .put("model", ChatReply.model(answer.model(), given))
            .put("choices", new JsonArray().add(choice));
    return (usage == null ? body : body.put("usage", OpenAiUsage.ofCompletion(usage))).toBuffer();
  }

  @Override
  public StreamWriter writer(Given given) {
    return new CompletionStream(given);
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return OpenAiErrors.of(failure, requestId).toBuffer();
  }

  private static String prompt(Fields body) {
    var texts =
        body.json().getValue("prompt") instanceof JsonArray array
                && array.size() == 1
                && array.getValue(0) instanceof String one
            ? List.of(one)
            : body.json().getValue("prompt") instanceof String text
                ? List.of(text)
                : List.<String>of();
    if (texts.isEmpty() || texts.get(0).isBlank()) {
      throw body.refusal("prompt", "must be one text; send each prompt as a request of its own");
    }
    return texts.get(0);
  }
}
