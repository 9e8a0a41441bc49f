package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.TokenEstimate;
import io.commandcenter.akm.provider.wire.Decoding;
import io.commandcenter.akm.provider.wire.Fields;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the answers of Chat Completions and embeddings. */
final class OpenAiAnswer {
  private OpenAiAnswer() {}

  static Optional<Answered> read(ProviderRequest request, int status, Fields answer) {
    return request instanceof ProviderRequest.Chat chat
        ? answer.list("choices").stream()
            .findFirst()
            .filter(choice -> choice.has("message"))
            .map(choice -> chat(chat, status, answer, choice))
        : embeddings((ProviderRequest.Embed) request, status, answer);
  }

  private static Answered chat(
      ProviderRequest.Chat request, int status, Fields answer, Fields choice) {
    var message = choice.at("message");
    var refusal = message.text("refusal");
    var full = refusal == null ? content(message) : refusal;
    return new Answered(
        status,
        OpenAiProtocol.isReasoning(request.model()) ? cut(full, request.stop()) : full,
        List.of(),
        refusal == null ? finishReason(choice.text("finish_reason")) : "content-filter",
        usage(answer).orElseGet(() -> TokenEstimate.of(request, full)),
        answer.text("model"));
  }

  /** A text, or the text parts of a list. */
  private static String content(Fields message) {
    return message.isList("content")
        ? message.list("content").stream()
            .map(part -> part.text("text"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining())
        : Objects.requireNonNullElse(message.text("content"), "");
  }

  private static String cut(String text, List<String> stops) {
    var end =
        stops.stream()
            .filter(stop -> !stop.isEmpty())
            .mapToInt(text::indexOf)
            .filter(at -> at >= 0)
            .min();
    return end.isPresent() ? text.substring(0, end.getAsInt()) : text;
  }

  private static String finishReason(String reason) {
    return switch (reason == null ? "" : reason) {
      case "length", "model_length" -> "length";
      case "tool_calls", "function_call" -> "tool-calls";
      case "content_filter" -> "content-filter";
      case "error" -> "error";
      default -> "stop";
    };
  }

  private static Optional<TokenUsage> usage(Fields answer) {
    if (!answer.has("usage")) {
      return Optional.empty();
    }
    var usage = answer.at("usage");
    var details = usage.at("prompt_tokens_details");
    long prompt = usage.count("prompt_tokens");
    long cached = Math.max(details.count("cached_tokens"), usage.count("prompt_cache_hit_tokens"));
    long written = details.count("cache_write_tokens");
    long reasoning = usage.at("completion_tokens_details").count("reasoning_tokens");
    long output = usage.count("completion_tokens");
    // Some compatible servers count reasoning beside the completion; only their total shows it.
    if (usage.count("total_tokens") == prompt + output + reasoning) {
      output += reasoning;
    }
    return Optional.of(
        new TokenUsage(prompt - cached - written, cached, written, 0, output, reasoning, false));
  }

  private static Optional<Answered> embeddings(
      ProviderRequest.Embed request, int status, Fields answer) {
    var inOrder =
        answer.list("data").stream()
            .sorted(Comparator.comparingInt(item -> item.integer("index")))
            .map(OpenAiAnswer::vector);
    return Decoding.vectors(inOrder, request.input().size())
        .map(
            vectors ->
                new Answered(
                    status,
                    null,
                    vectors,
                    "stop",
                    usage(answer).orElseGet(() -> TokenEstimate.of(request, null)),
                    answer.text("model")));
  }

  /** Numbers, or the little-endian floats that some servers send whatever was asked for. */
  private static Object vector(Fields item) {
    var base64 = item.text("embedding");
    if (base64 == null) {
      return item.values("embedding").toList();
    }
    try {
      var floats =
          ByteBuffer.wrap(Base64.getDecoder().decode(base64))
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
      var vector = new ArrayList<Double>(floats.remaining());
      while (floats.hasRemaining()) {
        vector.add((double) floats.get());
      }
      return vector;
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }
}
