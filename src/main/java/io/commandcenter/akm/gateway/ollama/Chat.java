package io.commandcenter.akm.gateway.ollama;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.ChatDialect;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;

/** {@code POST /api/chat}; it streams unless the body says that it does not. */
public final class Chat implements ChatDialect {
  // The last three say how a local model is kept and what is done with a prompt that is too long.
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "model",
          "messages",
          "tools",
          "format",
          "options",
          "stream",
          "think",
          "keep_alive",
          "truncate",
          "shift");
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of("logprobs", Set.of(false), "top_logprobs", Set.of(0));

  @Override
  public WireFormat format() {
    return WireFormat.OLLAMA_CHAT;
  }

  @Override
  public ChatRequest request(Fields body) {
    body.checkOnly(UNDERSTOOD, NEUTRAL);
    var options = Options.of(body);
    return new ChatRequest(
        Messages.read(body),
        Messages.tools(body),
        null,
        options.format(),
        options.reasoning(),
        options.sampling(),
        options.maxOutputTokens(),
        options.stop(),
        null);
  }

  @Override
  public Buffer answer(ChatAnswer answer, Given given) {
    return Writing.whole(answer, new Replies(given, true));
  }

  @Override
  public StreamWriter writer(Given given) {
    return new Lines(new Replies(given, true));
  }

  @Override
  public Buffer error(Failure failure, String requestId) {
    return OllamaErrors.of(failure, requestId);
  }
}
