package io.commandcenter.akm.provider.google;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.TokenEstimate;
import io.commandcenter.akm.provider.wire.Decoding;
import io.commandcenter.akm.provider.wire.Fields;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the answers of generateContent, embedContent and batchEmbedContents. */
final class GoogleAnswer {
  private GoogleAnswer() {}

  static Optional<Answered> read(ProviderRequest request, int status, Fields answer) {
    if (request instanceof ProviderRequest.Embed embed) {
      return embeddings(embed, status, answer);
    }
    var candidate = answer.list("candidates").stream().findFirst();
    if (candidate.isEmpty() && !answer.at("promptFeedback").has("blockReason")) {
      return Optional.empty();
    }
    // Thinking alone can use up the output limit: then there are no parts.
    var parts =
        candidate.map(first -> first.at("content").list("parts")).orElseGet(List::of).stream()
            .filter(part -> !Boolean.TRUE.equals(part.map().get("thought")))
            .toList();
    var text =
        parts.stream()
            .map(part -> part.text("text"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining());
    var reason = candidate.map(first -> finishReason(first.text("finishReason"), parts));
    return Optional.of(
        new Answered(
            status,
            text,
            List.of(),
            reason.orElse("content-filter"),
            usage(request, answer, text),
            answer.text("modelVersion")));
  }

  private static String finishReason(String reason, List<Fields> parts) {
    return switch (reason == null ? "STOP" : reason) {
      // Google ends tool calls with STOP too.
      case "STOP" ->
          parts.stream().anyMatch(part -> part.has("functionCall")) ? "tool-calls" : "stop";
      case "MAX_TOKENS" -> "length";
      case "SAFETY",
          "RECITATION",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "LANGUAGE",
          "IMAGE_SAFETY" ->
          "content-filter";
      default -> "error";
    };
  }

  /** Prompt counts include the cached part; thoughts are billed as output but counted beside it. */
  private static TokenUsage usage(ProviderRequest request, Fields answer, String text) {
    if (!answer.has("usageMetadata")) {
      return TokenEstimate.of(request, text);
    }
    var usage = answer.at("usageMetadata");
    long cached = usage.count("cachedContentTokenCount");
    long thoughts = usage.count("thoughtsTokenCount");
    return new TokenUsage(
        usage.count("promptTokenCount") - cached + usage.count("toolUsePromptTokenCount"),
        cached,
        0,
        0,
        usage.count("candidatesTokenCount") + thoughts,
        thoughts,
        false);
  }

  private static Optional<Answered> embeddings(
      ProviderRequest.Embed request, int status, Fields answer) {
    var all =
        answer.has("embedding")
            ? Stream.of(answer.at("embedding"))
            : answer.list("embeddings").stream();
    return Decoding.vectors(all.map(item -> item.values("values").toList()), request.input().size())
        .map(
            vectors ->
                new Answered(status, null, vectors, "stop", usage(request, answer, null), null));
  }
}
