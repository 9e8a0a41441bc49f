package io.commandcenter.akm.provider.google;

import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Fields;
import io.commandcenter.akm.provider.wire.JsonStream;
import io.commandcenter.akm.provider.wire.ServerSentEvents;
import java.time.Instant;
import java.util.List;

/**
 * Reads the chunks of streamGenerateContent. No chunk says that it is the last one: the answer ends
 * with the connection, if a finish reason has come.
 */
final class GoogleStream extends JsonStream {
  private StopReason stop;
  private boolean called;

  GoogleStream(ProviderRequest.Chat request, Instant now) {
    super(request, new ServerSentEvents(), now, cuts(request));
  }

  /** The stop texts that the provider does not end its answer at. */
  static List<String> cuts(ProviderRequest.Chat request) {
    var stops = request.request().stop();
    return stops.size() > GoogleBody.MOST_STOPS ? stops : List.of();
  }

  @Override
  protected void message(Fields chunk) {
    if (chunk.has("error")) {
      int code = chunk.at("error").integer("code");
      fail(code >= 400 && code < 600 ? code : 500, chunk.json().toBuffer());
      return;
    }
    var candidate = chunk.list("candidates").stream().findFirst();
    boolean blocked = chunk.at("promptFeedback").has("blockReason");
    if (candidate.isEmpty() && !blocked && !chunk.has("usageMetadata")) {
      return;
    }
    begin(chunk.text("responseId"), chunk.text("modelVersion"));
    if (chunk.has("usageMetadata")) {
      used(GoogleUsage.of(chunk.at("usageMetadata")));
    }
    candidate.ifPresent(this::candidate);
    if (blocked && candidate.isEmpty()) {
      stop = StopReason.CONTENT_FILTER;
    }
  }

  private void candidate(Fields candidate) {
    candidate.at("content").list("parts").forEach(this::part);
    if (candidate.text("finishReason") != null) {
      stop = GoogleUsage.stop(candidate.text("finishReason"), called);
    }
  }

  private void part(Fields part) {
    var signature = part.text("thoughtSignature");
    if (part.has("functionCall")) {
      var call = part.at("functionCall");
      called = true;
      arguments(
          call(call.text("id"), call.textOr("name", ""), signature),
          call.at("args").json().encode());
    } else if (part.is("thought")) {
      thought(part.textOr("text", ""), signature);
    } else {
      text(part.textOr("text", ""));
      thought("", signature);
    }
  }

  private void thought(String text, String signature) {
    if (!text.isEmpty() || signature != null) {
      thinking(text, signature, null, GoogleParts.ORIGIN);
    }
  }

  @Override
  protected void closed() {
    if (stop != null) {
      end(stop, null);
    }
  }
}
