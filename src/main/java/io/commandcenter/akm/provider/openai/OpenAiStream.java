package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.config.Compat;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Fields;
import io.commandcenter.akm.provider.wire.JsonStream;
import io.commandcenter.akm.provider.wire.ServerSentEvents;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the chunks of Chat Completions. Usage may stand in a chunk of its own, in the last one with
 * content, or nowhere; deltas of calls may lack their index or id.
 */
final class OpenAiStream extends JsonStream {
  private final boolean reasoningBeside;
  private final Map<Integer, Integer> callOfIndex = new HashMap<>();
  private final Map<String, Integer> callOfId = new HashMap<>();
  private int lastCall = -1;
  private boolean refused;
  private boolean finished;
  private String reason;

  OpenAiStream(ProviderRequest.Chat request, Compat compat, Instant now) {
    super(request, new ServerSentEvents(), now, OpenAiBody.cuts(request));
    reasoningBeside = compat.reasoningBeside();
  }

  @Override
  protected void mark(String text) {
    if (text.strip().equals("[DONE]") && hasBegun()) {
      finish();
    }
  }

  @Override
  protected void message(Fields chunk) {
    if (chunk.has("error")) {
      fail(status(chunk.at("error")), chunk.json().toBuffer());
      return;
    }
    if (!chunk.isList("choices")) {
      return;
    }
    var choice =
        chunk.list("choices").stream().filter(one -> one.integer("index") <= 0).findFirst();
    // Azure tells first what it has found in the prompt, in a chunk without choice or id.
    if (choice.isPresent() || chunk.has("usage")) {
      begin(blankToNull(chunk.text("id")), blankToNull(chunk.text("model")));
    }
    OpenAiUsage.of(chunk, reasoningBeside).ifPresent(this::used);
    choice.ifPresent(this::choice);
  }

  private void choice(Fields choice) {
    if (choice.has("error")) {
      fail(status(choice.at("error")), choice.json().toBuffer());
      return;
    }
    // A few servers send the whole message at the end.
    var delta = choice.has("delta") ? choice.at("delta") : choice.at("message");
    var thought = OpenAiAnswer.thinking(delta);
    if (!thought.isEmpty()) {
      thinking(thought, null, null, OpenAiAnswer.ORIGIN);
    }
    if (!delta.textOr("content", "").isEmpty()) {
      text(delta.text("content"));
    }
    if (!delta.textOr("refusal", "").isEmpty()) {
      refused = true;
      other(new ChatEvent.Refusal(delta.text("refusal")));
    }
    delta.list("tool_calls").forEach(this::toolCall);
    if (choice.text("finish_reason") != null) {
      finished = true;
      reason = choice.text("finish_reason");
    }
  }

  private void toolCall(Fields delta) {
    var function = delta.at("function");
    var known = known(delta);
    if (known == null) {
      if (function.text("name") == null) {
        return;
      }
      lastCall = call(delta.text("id"), function.text("name"), null);
      if (delta.integer("index") >= 0) {
        callOfIndex.put(delta.integer("index"), lastCall);
      }
      if (delta.text("id") != null) {
        callOfId.put(delta.text("id"), lastCall);
      }
    } else {
      lastCall = known;
    }
    var json = function.text("arguments");
    arguments(
        lastCall,
        json == null && function.has("arguments")
            ? function.at("arguments").json().encode()
            : json == null ? "" : json);
  }

  /** By its index, else by its id, else the last call goes on unless a new one is named. */
  private Integer known(Fields delta) {
    if (delta.integer("index") >= 0) {
      return callOfIndex.get(delta.integer("index"));
    }
    if (delta.text("id") != null) {
      return callOfId.get(delta.text("id"));
    }
    return lastCall >= 0 && delta.at("function").text("name") == null ? lastCall : null;
  }

  /** Some servers close without the mark, after they have said why they stopped. */
  @Override
  protected void closed() {
    if (finished) {
      finish();
    }
  }

  private void finish() {
    end(refused ? StopReason.CONTENT_FILTER : OpenAiAnswer.told(reason, calls() > 0), null);
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  /** The status of the error's code, if it is one; else that of its type. */
  static int status(Fields error) {
    int code = error.integer("code");
    if (code >= 400 && code < 600) {
      return code;
    }
    var word = error.textOr("type", "") + " " + error.textOr("code", "");
    if (word.contains("rate_limit") || word.contains("insufficient_quota")) {
      return 429;
    }
    if (word.contains("overloaded") || word.contains("unavailable")) {
      return 503;
    }
    return word.contains("invalid_request") || word.contains("context_length") ? 400 : 500;
  }
}
