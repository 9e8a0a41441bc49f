package io.commandcenter.akm.provider.ollama;

import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.TokenEstimate;
import io.commandcenter.akm.provider.wire.CallIds;
import io.commandcenter.akm.provider.wire.Decoding;
import io.commandcenter.akm.provider.wire.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole answers. */
final class OllamaAnswer {
  private OllamaAnswer() {}

  static Optional<Answered> read(ProviderRequest request, int status, Fields answer, Instant now) {
    if (request instanceof ProviderRequest.Embed embed) {
      return Decoding.vectors(answer.values("embeddings"), embed.input().size())
          .map(
              vectors ->
                  new Answered(
                      status,
                      null,
                      vectors,
                      usage(answer).orElseGet(() -> TokenEstimate.of(request, null)),
                      answer.text("model")));
    }
    // A chunk of a stream, or the first line of several, is not a whole answer.
    if (!answer.is("done") || !answer.has("message")) {
      return Optional.empty();
    }
    var parts = parts(answer, now);
    var usage = usage(answer).orElse(null);
    var called = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    var chat = new ChatAnswer(null, answer.text("model"), parts, stop(answer, called), null, usage);
    return Optional.of(
        new Answered(
            status,
            chat,
            List.of(),
            usage == null ? TokenEstimate.of(request, chat.text()) : usage,
            chat.model()));
  }

  private static List<Part> parts(Fields answer, Instant now) {
    var message = answer.at("message");
    var parts = new ArrayList<Part>();
    if (!message.textOr("thinking", "").isEmpty()) {
      parts.add(new Part.Thinking(message.text("thinking"), null, null, OllamaMessages.ORIGIN));
    }
    if (!message.textOr("content", "").isEmpty()) {
      parts.add(new Part.Text(message.text("content")));
    }
    var seed = answer.textOr("created_at", String.valueOf(now.toEpochMilli()));
    int calls = 0;
    for (var call : message.list("tool_calls")) {
      var id = call.textOr("id", "");
      parts.add(
          new Part.ToolCall(
              id.isBlank() ? CallIds.invented(seed, calls) : id,
              call.at("function").textOr("name", ""),
              call.at("function").at("arguments").json().encode(),
              null));
      calls++;
    }
    return parts;
  }

  /** Zero counts are left out: only an answer without any says nothing. */
  static Optional<TokenUsage> usage(Fields answer) {
    return answer.has("prompt_eval_count") || answer.has("eval_count")
        ? Optional.of(TokenUsage.of(answer.count("prompt_eval_count"), answer.count("eval_count")))
        : Optional.empty();
  }

  /** Calls end with stop, too. */
  static StopReason stop(Fields answer, boolean called) {
    if (called) {
      return StopReason.TOOL_CALLS;
    }
    return "length".equals(answer.text("done_reason")) ? StopReason.LENGTH : StopReason.STOP;
  }
}
