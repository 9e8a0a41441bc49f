package io.commandcenter.akm.gateway.ollama;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.ChatDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /api/generate}; it streams unless the body says that it does not. */
public final class Generate implements ChatDialect {
  // The last three say how a local model is kept and what is done with a prompt that is too long.
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "model",
          "prompt",
          "system",
          "images",
          "format",
          "options",
          "stream",
          "think",
          "keep_alive",
          "truncate",
          "shift");
  // A text to fill in, a template of one's own, and tokens of an earlier answer: only a model that
  // runs at hand can take them.
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of(
          "suffix", Set.of(""),
          "template", Set.of(""),
          "raw", Set.of(false),
          "context", Set.of(new JsonArray()),
          "logprobs", Set.of(false),
          "top_logprobs", Set.of(0));

  @Override
  public WireFormat format() {
    return WireFormat.OLLAMA_GENERATE;
  }

  @Override
  public ChatRequest request(Fields body) {
    body.checkOnly(UNDERSTOOD, NEUTRAL);
    var options = Options.of(body);
    return new ChatRequest(
        turns(body),
        List.of(),
        null,
        options.format(),
        options.reasoning(),
        options.sampling(),
        options.maxOutputTokens(),
        options.stop(),
        null);
  }

  private static List<Turn> turns(Fields body) {
    var turns = new ArrayList<Turn>();
    var system = body.text("system");
    if (system != null && !system.isEmpty()) {
      turns.add(Turn.of(Turn.Role.SYSTEM, system));
    }
    var parts = new ArrayList<Part>();
    parts.add(new Part.Text(body.requiredText("prompt")));
    parts.addAll(Images.read(body));
    turns.add(new Turn(Turn.Role.USER, parts));
    return turns;
  }

  @Override
  public Buffer answer(ChatAnswer answer, Given given) {
    return Writing.whole(answer, new Replies(given, false));
  }

  @Override
  public StreamWriter writer(Given given) {
    return new Lines(new Replies(given, false));
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return OllamaErrors.of(failure, requestId);
  }
}
