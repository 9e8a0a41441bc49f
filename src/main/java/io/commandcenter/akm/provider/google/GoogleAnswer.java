package io.commandcenter.akm.provider.google;

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
import io.commandcenter.akm.provider.wire.StopCut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the answers of generateContent, embedContent and batchEmbedContents. */
final class GoogleAnswer {
  private GoogleAnswer() {}

  static Optional<Answered> read(ProviderRequest request, int status, Fields answer, Instant now) {
    return request instanceof ProviderRequest.Embed embed
        ? embeddings(embed, status, answer)
        : chat((ProviderRequest.Chat) request, status, answer, now);
  }

  private static Optional<Answered> chat(
      ProviderRequest.Chat request, int status, Fields answer, Instant now) {
    var candidate = answer.list("candidates").stream().findFirst();
    if (candidate.isEmpty() && !answer.at("promptFeedback").has("blockReason")) {
      return Optional.empty();
    }
    // Thinking alone can use up the output limit: then there are no parts.
    var seed = answer.textOr("responseId", String.valueOf(now.toEpochMilli()));
    var cut = new StopCut(GoogleStream.cuts(request));
    var parts =
        parts(
            candidate.map(first -> first.at("content").list("parts")).orElseGet(List::of),
            seed,
            cut);
    boolean called = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    var stop =
        candidate
            .map(first -> GoogleUsage.stop(first.text("finishReason"), called))
            .orElse(StopReason.CONTENT_FILTER);
    var usage = usage(answer).orElse(null);
    var chat =
        new ChatAnswer(
            answer.text("responseId"),
            answer.text("modelVersion"),
            parts,
            cut.hit() == null ? stop : StopReason.STOP,
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

  private static List<Part> parts(List<Fields> given, String seed, StopCut cut) {
    var parts = new ArrayList<Part>();
    int calls = 0;
    for (var part : given) {
      var signature = part.text("thoughtSignature");
      if (part.has("functionCall")) {
        var call = part.at("functionCall");
        var id = call.textOr("id", "");
        parts.add(
            new Part.ToolCall(
                id.isBlank() ? CallIds.invented(seed, calls) : id,
                call.textOr("name", ""),
                call.at("args").json().encode(),
                signature));
        calls++;
      } else if (part.is("thought")) {
        parts.add(new Part.Thinking(part.textOr("text", ""), signature, null, GoogleParts.ORIGIN));
      } else {
        text(parts, cut.take(part.textOr("text", "")) + cut.rest(), signature);
      }
    }
    return parts;
  }

  private static void text(List<Part> parts, String text, String signature) {
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text));
    }
    if (signature != null) {
      parts.add(new Part.Thinking("", signature, null, GoogleParts.ORIGIN));
    }
  }

  private static Optional<TokenUsage> usage(Fields answer) {
    return answer.has("usageMetadata")
        ? Optional.of(GoogleUsage.of(answer.at("usageMetadata")))
        : Optional.empty();
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
                new Answered(
                    status,
                    null,
                    vectors,
                    usage(answer).orElseGet(() -> TokenEstimate.of(request, null)),
                    null));
  }
}
