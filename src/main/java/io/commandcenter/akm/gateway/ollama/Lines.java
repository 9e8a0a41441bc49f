package io.commandcenter.akm.gateway.ollama;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.gateway.dialect.JsonText;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.commandcenter.akm.gateway.dialect.WholeCalls;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A stream of JSON objects, one a line; a tool call comes whole, in one of them. */
final class Lines implements StreamWriter {
  private final Replies replies;
  private final boolean showsThinking;
  private final String beforeText;
  private final WholeCalls calls = new WholeCalls();

  Lines(Replies replies) {
    this.replies = replies;
    this.showsThinking = replies.showsThinking();
    this.beforeText = replies.beforeText();
  }

  @Override
  public String contentType() {
    return "application/x-ndjson";
  }

  @Override
  public Buffer event(ChatEvent event) {
    if (event instanceof ChatEvent.Text text) {
      return text(text.text());
    }
    if (event instanceof ChatEvent.Refusal refusal) {
      return text(refusal.text());
    }
    if (event instanceof ChatEvent.Thinking thinking) {
      return showsThinking && !thinking.text().isEmpty()
          ? next(replies.piece("", thinking.text(), List.of()))
          : null;
    }
    if (event instanceof ChatEvent.CallBegan began) {
      calls.began(began);
    } else if (event instanceof ChatEvent.CallArguments fragment) {
      return calls.add(fragment).map(call -> next(calls(List.of(call)))).orElse(null);
    } else if (event instanceof ChatEvent.Ended ended) {
      return last(ended);
    }
    return null;
  }

  /** By far the most frequent step: put down without a tree. */
  private Buffer text(String text) {
    if (text.isEmpty()) {
      return null;
    }
    var out = new StringBuilder(text.length() + 192).append(beforeText);
    JsonText.quote(out, text).append(replies.chat() ? "},\"done\":false}\n" : ",\"done\":false}\n");
    return Buffer.buffer(out.toString());
  }

  private JsonObject calls(List<WholeCalls.Call> whole) {
    return replies.piece("", null, whole);
  }

  private Buffer last(ChatEvent.Ended ended) {
    var rest = calls.rest();
    var before = rest.isEmpty() ? Buffer.buffer() : next(calls(rest));
    var last = replies.piece("", null, List.of());
    return before.appendBuffer(
        line(Replies.done(last, ended.stop(), calls.malformed(), ended.usage())));
  }

  @Override
  public Buffer broken(Failure failure) {
    return line(OllamaErrors.json(failure, replies.given().served().requestId()));
  }

  private static Buffer next(JsonObject piece) {
    return line(piece.put("done", false));
  }

  private static Buffer line(JsonObject json) {
    return json.toBuffer().appendByte((byte) '\n');
  }
}
