package io.commandcenter.akm.provider.bedrock;

import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Fields;
import io.commandcenter.akm.provider.wire.JsonStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the events of ConverseStream; what was used comes after the end, so it is waited for. */
final class BedrockStream extends JsonStream {
  private final String origin;
  private final Map<Integer, Integer> callOfBlock = new HashMap<>();
  private String stopReason;
  private boolean stopped;

  BedrockStream(ProviderRequest.Chat request, Instant now) {
    super(request, new AwsEventStream(), now, List.of());
    origin = BedrockBody.origin(request.model());
  }

  @Override
  protected void message(Fields event) {
    for (var type : event.json().fieldNames()) {
      event(type, event.at(type));
    }
  }

  private void event(String type, Fields event) {
    switch (type) {
      case "messageStart" -> begin(null, null);
      case "contentBlockStart" -> start(event);
      case "contentBlockDelta" -> {
        begin(null, null);
        delta(event.integer("contentBlockIndex"), event.at("delta"));
      }
      case "messageStop" -> {
        stopped = true;
        stopReason = event.text("stopReason");
      }
      case "metadata" -> {
        begin(null, null);
        if (event.has("usage")) {
          used(BedrockAnswer.usage(event.at("usage")));
        }
        closed();
      }
      default -> {
        if (type.endsWith("Exception")) {
          fail(status(type), event.json().toBuffer());
        }
      }
    }
  }

  private void start(Fields event) {
    var use = event.at("start").at("toolUse");
    if (use.text("name") != null) {
      begin(null, null);
      callOfBlock.put(
          event.integer("contentBlockIndex"), call(use.text("toolUseId"), use.text("name"), null));
    }
  }

  private void delta(int index, Fields delta) {
    text(delta.textOr("text", ""));
    var call = callOfBlock.get(index);
    if (call != null) {
      arguments(call, delta.at("toolUse").textOr("input", ""));
    }
    var reasoning = delta.at("reasoningContent");
    var signature = reasoning.text("signature");
    var redacted = reasoning.text("redactedContent");
    if (!reasoning.textOr("text", "").isEmpty() || signature != null || redacted != null) {
      thinking(reasoning.textOr("text", ""), signature, redacted, origin);
    }
  }

  @Override
  protected void closed() {
    if (stopped) {
      begin(null, null);
      end(BedrockAnswer.stop(stopReason), null);
    }
  }

  private static int status(String type) {
    return switch (type) {
      case "validationException" -> 400;
      case "accessDeniedException" -> 403;
      case "throttlingException" -> 429;
      case "modelStreamErrorException" -> 424;
      case "serviceUnavailableException" -> 503;
      default -> 500;
    };
  }
}
