package io.commandcenter.akm.provider.anthropic;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Fields;
import io.commandcenter.akm.provider.wire.JsonStream;
import io.commandcenter.akm.provider.wire.ServerSentEvents;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the events of a streamed message. */
final class AnthropicStream extends JsonStream {
  private final Map<Integer, Integer> callOfBlock = new HashMap<>();
  private String stopReason;
  private String stopText;

  AnthropicStream(ProviderRequest.Chat request, Instant now) {
    super(request, new ServerSentEvents(), now, List.of());
  }

  @Override
  protected void message(Fields event) {
    switch (event.textOr("type", "")) {
      case "message_start" -> start(event.at("message"));
      case "content_block_start" -> block(event.integer("index"), event.at("content_block"));
      case "content_block_delta" -> delta(event.integer("index"), event.at("delta"));
      case "message_delta" -> {
        stopReason = event.at("delta").textOr("stop_reason", stopReason);
        stopText = event.at("delta").textOr("stop_sequence", stopText);
        if (event.has("usage")) {
          used(AnthropicUsage.over(used(), event.at("usage")));
        }
      }
      case "message_stop" -> {
        begin(null, null);
        end(AnthropicUsage.stop(stopReason), stopText);
      }
      case "ping" -> ping();
      case "error" -> fail(status(event.at("error").textOr("type", "")), event.json().toBuffer());
      default -> {
        // Events of a kind that came later say nothing that is asked for.
      }
    }
  }

  private void start(Fields message) {
    begin(message.text("id"), message.text("model"));
    if (message.has("usage")) {
      used(AnthropicUsage.of(message.at("usage")));
    }
  }

  private void block(int index, Fields block) {
    begin(null, null);
    switch (block.textOr("type", "")) {
      case "text" -> text(block.textOr("text", ""));
      case "tool_use" -> {
        int call = call(block.text("id"), block.textOr("name", ""), null);
        callOfBlock.put(index, call);
        if (!block.at("input").json().isEmpty()) {
          arguments(call, block.at("input").json().encode());
        }
      }
      case "thinking" -> {
        if (!block.textOr("thinking", "").isEmpty() || block.has("signature")) {
          thought(block.textOr("thinking", ""), blankToNull(block.text("signature")));
        }
      }
      case "redacted_thinking" -> thinking("", null, block.text("data"), AnthropicAnswer.ORIGIN);
      default -> {
        // As in whole answers.
      }
    }
  }

  private void delta(int index, Fields delta) {
    begin(null, null);
    switch (delta.textOr("type", "")) {
      case "text_delta" -> text(delta.textOr("text", ""));
      case "thinking_delta" -> thought(delta.textOr("thinking", ""), null);
      case "signature_delta" -> thought("", delta.text("signature"));
      case "input_json_delta" -> {
        var call = callOfBlock.get(index);
        if (call != null) {
          arguments(call, delta.textOr("partial_json", ""));
        }
      }
      default -> {
        // Citations have no place in a neutral answer.
      }
    }
  }

  private void thought(String text, String signature) {
    if (!text.isEmpty() || signature != null) {
      thinking(text, signature, null, AnthropicAnswer.ORIGIN);
    }
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  /** Until the end is told, the count of what was answered is only the first one. */
  @Override
  public TokenUsage spent() {
    var told = super.spent();
    return ended() || told.estimated()
        ? told
        : new TokenUsage(
            told.input(),
            told.cacheRead(),
            told.cacheWriteShort(),
            told.cacheWriteLong(),
            Math.max(told.output(), given()),
            told.reasoning(),
            true);
  }

  /** The status that the same error has when it comes before the stream. */
  private static int status(String type) {
    return switch (type) {
      case "invalid_request_error" -> 400;
      case "authentication_error" -> 401;
      case "billing_error" -> 402;
      case "permission_error" -> 403;
      case "not_found_error" -> 404;
      case "conflict_error" -> 409;
      case "request_too_large" -> 413;
      case "rate_limit_error" -> 429;
      case "timeout_error" -> 504;
      case "overloaded_error" -> 529;
      default -> 500;
    };
  }
}
