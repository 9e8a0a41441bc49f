package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.JsonText;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** A stream of {@code chat.completion.chunk}s. */
final class ChatStream implements StreamWriter {
  static final String CONTENT_TYPE = "text/event-stream";
  static final String DONE = "data: [DONE]\n\n";

  /** A comment: readers pass over it, and what stands between sees that the stream lives. */
  static final String PING = ": ping\n\n";

  private final Given given;
  private final boolean withUsage;
  private final StringBuilder out = new StringBuilder(512);
  private String head;
  private boolean calls;

  ChatStream(Given given) {
    this.given = given;
    withUsage = asksForUsage(given.asked().json());
  }

  static boolean asksForUsage(JsonObject asked) {
    return asked.getValue("stream_options") instanceof JsonObject options
        && Boolean.TRUE.equals(options.getValue("include_usage"));
  }

  @Override
  public String contentType() {
    return CONTENT_TYPE;
  }

  @Override
  public Buffer event(ChatEvent event) {
    out.setLength(0);
    if (event instanceof ChatEvent.Text fragment) {
      fragment("content", fragment.text());
    } else if (event instanceof ChatEvent.CallArguments fragment) {
      arguments(fragment);
    } else if (event instanceof ChatEvent.Thinking fragment) {
      fragment("reasoning_content", fragment.text());
    } else if (event instanceof ChatEvent.Refusal fragment) {
      fragment("refusal", fragment.text());
    } else if (event instanceof ChatEvent.CallBegan began) {
      callBegan(began);
    } else if (event instanceof ChatEvent.Began began) {
      begin(began);
    } else if (event instanceof ChatEvent.Ended ended) {
      end(ended);
    } else {
      out.append(PING);
    }
    return out.isEmpty() ? null : Buffer.buffer(out.toString());
  }

  @Override
  public Buffer broken(Failure failure) {
    return broken(failure, given);
  }

  static Buffer broken(Failure failure, Given given) {
    var error = OpenAiErrors.of(failure, given.served().requestId()).encode();
    return Buffer.buffer("data: " + error + "\n\n");
  }

  /** What every chunk of a stream begins with, up to its choices. */
  static String head(String id, String object, String model, Given given) {
    var start = JsonText.quote(new StringBuilder("data: {\"id\":"), id);
    start.append(",\"object\":\"").append(object);
    start.append("\",\"created\":").append(given.now().getEpochSecond());
    return JsonText.quote(start.append(",\"model\":"), model).toString();
  }

  /** The rest of a chunk that brings nothing but the usage. */
  static void usage(StringBuilder to, TokenUsage usage) {
    to.append(",\"choices\":[],\"usage\":")
        .append(OpenAiUsage.ofCompletion(usage).encode())
        .append("}\n\n");
  }

  private void begin(ChatEvent.Began began) {
    head =
        head(
            ChatReply.id(began.id(), "chatcmpl-", given),
            "chat.completion.chunk",
            ChatReply.model(began.model(), given),
            given);
    delta();
    out.append("{\"role\":\"assistant\",\"content\":\"\"}");
    endDelta(null);
  }

  private void fragment(String name, String text) {
    if (!text.isEmpty()) {
      delta();
      JsonText.quote(out.append("{\"").append(name).append("\":"), text).append('}');
      endDelta(null);
    }
  }

  private void callBegan(ChatEvent.CallBegan began) {
    calls = true;
    delta();
    call(began.index());
    JsonText.quote(out.append(",\"id\":"), began.id());
    JsonText.quote(out.append(",\"type\":\"function\",\"function\":{\"name\":"), began.name());
    out.append(",\"arguments\":\"\"}");
    if (began.signature() != null) {
      out.append(",\"extra_content\":")
          .append(ThoughtSignature.written(began.signature()).encode());
    }
    out.append("}]}");
    endDelta(null);
  }

  private void arguments(ChatEvent.CallArguments fragment) {
    if (!fragment.json().isEmpty()) {
      delta();
      call(fragment.index());
      JsonText.quote(out.append(",\"function\":{\"arguments\":"), fragment.json()).append("}}]}");
      endDelta(null);
    }
  }

  private void call(int index) {
    out.append("{\"tool_calls\":[{\"index\":").append(index);
  }

  private void end(ChatEvent.Ended ended) {
    delta();
    out.append("{}");
    endDelta(ChatReply.finishReason(ended.stop(), calls));
    if (withUsage && ended.usage() != null) {
      usage(out.append(head), ended.usage());
    }
    out.append(DONE);
  }

  private void delta() {
    out.append(head).append(",\"choices\":[{\"index\":0,\"delta\":");
  }

  private void endDelta(String finishReason) {
    JsonText.quote(out.append(",\"logprobs\":null,\"finish_reason\":"), finishReason);
    out.append(withUsage ? "}],\"usage\":null}\n\n" : "}]}\n\n");
  }
}
