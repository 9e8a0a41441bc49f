package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.TokenEstimate;
import io.commandcenter.akm.provider.wire.CallIds;
import io.commandcenter.akm.provider.wire.Fields;
import io.commandcenter.akm.provider.wire.StopCut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads whole answers of the Responses API. */
public final class ResponsesAnswer {
  private ResponsesAnswer() {}

  static Optional<Answered> read(
      ProviderRequest.Chat request, int status, Fields answer, Instant now) {
    // A failed response is told with status 200; so is one that still runs, which is never asked
    // for.
    if (!answer.isList("output")
        || !List.of("completed", "incomplete").contains(answer.textOr("status", "completed"))) {
      return Optional.empty();
    }
    var cut = new StopCut(request.request().stop());
    var parts = parts(answer, cut, answer.textOr("id", String.valueOf(now.toEpochMilli())));
    var usage = answer.has("usage") ? usage(answer.at("usage")) : null;
    var chat =
        new ChatAnswer(
            answer.text("id"),
            answer.text("model"),
            parts,
            cut.hit() == null ? stop(answer, parts) : StopReason.STOP,
            cut.hit(),
            usage);
    return Optional.of(
        new Answered(
            status,
            chat,
            List.of(),
            usage == null ? TokenEstimate.of(request, chat.text()) : usage,
            chat.model()));
  }

  private static List<Part> parts(Fields answer, StopCut cut, String seed) {
    var parts = new ArrayList<Part>();
    int calls = 0;
    for (var item : answer.list("output")) {
      if (cut.hit() != null) {
        break;
      }
      switch (item.textOr("type", "")) {
        case "message" -> item.list("content").forEach(piece -> message(parts, piece, cut));
        case "reasoning" -> reasoning(parts, item);
        case "function_call" -> {
          var id = item.textOr("call_id", "");
          parts.add(
              new Part.ToolCall(
                  id.isBlank() ? CallIds.invented(seed, calls) : id,
                  item.textOr("name", ""),
                  OpenAiAnswer.arguments(item),
                  null));
          calls++;
        }
        default -> {
          // Tools that the provider runs itself are never asked for.
        }
      }
    }
    return parts;
  }

  private static void message(List<Part> parts, Fields piece, StopCut cut) {
    if ("refusal".equals(piece.text("type"))) {
      parts.add(new Part.Refusal(piece.textOr("refusal", "")));
      return;
    }
    var text = cut.take(piece.textOr("text", "")) + cut.rest();
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text));
    }
  }

  private static void reasoning(List<Part> parts, Fields item) {
    var summary =
        item.list("summary").stream()
            .map(piece -> piece.text("text"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining("\n\n"));
    if (!summary.isEmpty()) {
      parts.add(new Part.Thinking(summary, null, null, OpenAiAnswer.ORIGIN));
    }
  }

  private static StopReason stop(Fields answer, List<Part> parts) {
    return stop(
        answer,
        parts.stream().anyMatch(Part.Refusal.class::isInstance),
        parts.stream().anyMatch(Part.ToolCall.class::isInstance));
  }

  static StopReason stop(Fields answer, boolean refused, boolean called) {
    if ("incomplete".equals(answer.text("status"))) {
      return "content_filter".equals(answer.at("incomplete_details").text("reason"))
          ? StopReason.CONTENT_FILTER
          : StopReason.LENGTH;
    }
    return refused ? StopReason.CONTENT_FILTER : called ? StopReason.TOOL_CALLS : StopReason.STOP;
  }

  public static TokenUsage usage(Fields usage) {
    var details = usage.at("input_tokens_details");
    long cached = details.count("cached_tokens");
    long written = details.count("cache_write_tokens");
    long writtenLong = details.at("cache_write_tokens_details").count("ttl_12h_tokens");
    return new TokenUsage(
        usage.count("input_tokens") - cached - written,
        cached,
        written - writtenLong,
        writtenLong,
        usage.count("output_tokens"),
        usage.at("output_tokens_details").count("reasoning_tokens"),
        false);
  }
}
