package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.JsonText;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * A stream of a message's events. Its blocks come one after the other: while one call of a tool is
 * written, what comes for the next ones waits (see {@link CallQueue}).
 */
final class MessageStream implements StreamWriter {
  private final Given given;
  private final StringBuilder out = new StringBuilder(512);
  private final StringBuilder refusal = new StringBuilder();
  private final CallQueue calls = new CallQueue();
  private Class<? extends ChatEvent> open;
  private int block = -1;
  private boolean thinkingShown;

  MessageStream(Given given) {
    this.given = given;
  }

  @Override
  public String contentType() {
    return "text/event-stream";
  }

  @Override
  public Buffer event(ChatEvent event) {
    out.setLength(0);
    if (event instanceof ChatEvent.Text fragment) {
      text(ChatEvent.Text.class, fragment.text());
    } else if (event instanceof ChatEvent.CallArguments fragment) {
      arguments(fragment);
    } else if (event instanceof ChatEvent.Thinking fragment) {
      thinking(fragment);
    } else if (event instanceof ChatEvent.Refusal fragment) {
      refusal.append(fragment.text());
      text(ChatEvent.Refusal.class, fragment.text());
    } else if (event instanceof ChatEvent.CallBegan began) {
      callBegan(began);
    } else if (event instanceof ChatEvent.Began began) {
      begin(began);
    } else if (event instanceof ChatEvent.Ended ended) {
      end(ended);
    } else {
      write("ping", new JsonObject());
    }
    return out.isEmpty() ? null : Buffer.buffer(out.toString());
  }

  @Override
  public Buffer broken(Failure failure) {
    var error = AnthropicErrors.of(failure, given.served().requestId()).encode();
    return Buffer.buffer("event: error\ndata: " + error + "\n\n");
  }

  /** What the prompt took is not known yet: the message_delta at the end tells it. */
  private void begin(ChatEvent.Began began) {
    thinkingShown = Thinking.isShown(given.asked().json());
    var message =
        MessageReply.message(began.id(), began.model(), given)
            .put("usage", AnthropicUsage.ofMessage(TokenUsage.NONE));
    write("message_start", new JsonObject().put("message", message));
  }

  private void text(Class<? extends ChatEvent> kind, String text) {
    if (!text.isEmpty()) {
      openBlock(kind, MessageReply.text(""));
      delta("text_delta", "text", text);
    }
  }

  private void thinking(ChatEvent.Thinking fragment) {
    if (!thinkingShown) {
      return;
    }
    var signature = MessageReply.signature(fragment.signature(), fragment.origin());
    if (MessageReply.signature(fragment.redacted(), fragment.origin()) != null) {
      closeBlock();
      openBlock(ChatEvent.Thinking.class, MessageReply.redacted(fragment.redacted()));
      closeBlock();
      return;
    }
    if (!fragment.text().isEmpty() || signature != null) {
      openBlock(ChatEvent.Thinking.class, MessageReply.thinking("", ""));
    }
    if (!fragment.text().isEmpty()) {
      delta("thinking_delta", "thinking", fragment.text());
    }
    if (signature != null) {
      delta("signature_delta", "signature", signature);
    }
    if (fragment.signature() != null && open == ChatEvent.Thinking.class) {
      closeBlock();
    }
  }

  private void callBegan(ChatEvent.CallBegan began) {
    if (open == ChatEvent.CallBegan.class) {
      calls.add(began);
      return;
    }
    closeBlock();
    calls.begin(began);
    openCall(began);
  }

  private void openCall(ChatEvent.CallBegan began) {
    openBlock(ChatEvent.CallBegan.class, MessageReply.toolUse(began.id(), began.name()));
  }

  private void arguments(ChatEvent.CallArguments fragment) {
    if (calls.isCurrent(fragment.index())) {
      if (!fragment.json().isEmpty()) {
        delta("input_json_delta", "partial_json", fragment.json());
      }
    } else {
      calls.add(fragment);
    }
  }

  private void end(ChatEvent.Ended ended) {
    closeBlock();
    var words = refusal.isEmpty() ? null : refusal.toString();
    var delta =
        new JsonObject()
            .put(
                "stop_reason",
                MessageReply.stopReason(
                    ended.stop(), ended.stopText(), calls.hasBegun(), words != null))
            .put("stop_sequence", MessageReply.stopText(ended.stop(), ended.stopText()))
            .put("stop_details", MessageReply.stopDetails(ended.stop(), words))
            .putNull("container");
    var usage = AnthropicUsage.counts(ended.usage() == null ? TokenUsage.NONE : ended.usage());
    write("message_delta", new JsonObject().put("delta", delta).put("usage", usage));
    write("message_stop", new JsonObject());
  }

  /** Goes on with the open block if it is of this kind. */
  private void openBlock(Class<? extends ChatEvent> kind, JsonObject start) {
    if (open == kind) {
      return;
    }
    closeBlock();
    open = kind;
    block++;
    write("content_block_start", new JsonObject().put("index", block).put("content_block", start));
  }

  private void closeBlock() {
    if (open == null) {
      return;
    }
    var calling = open == ChatEvent.CallBegan.class;
    open = null;
    write("content_block_stop", new JsonObject().put("index", block));
    if (calling) {
      for (var waiting = calls.next(); waiting != null; waiting = calls.next()) {
        open = null;
        openCall(waiting.began());
        if (!waiting.arguments().isEmpty()) {
          delta("input_json_delta", "partial_json", waiting.arguments().toString());
        }
        open = null;
        write("content_block_stop", new JsonObject().put("index", block));
      }
    }
  }

  private void delta(String type, String name, String text) {
    out.append("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":")
        .append(block)
        .append(",\"delta\":{\"type\":\"")
        .append(type)
        .append("\",\"")
        .append(name)
        .append("\":");
    JsonText.quote(out, text).append("}}\n\n");
  }

  private void write(String event, JsonObject rest) {
    var data = new JsonObject().put("type", event).mergeIn(rest);
    out.append("event: ").append(event).append("\ndata: ").append(data.encode()).append("\n\n");
  }
}
