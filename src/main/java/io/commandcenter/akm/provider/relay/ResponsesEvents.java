package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.provider.openai.ResponsesAnswer;
import io.commandcenter.akm.provider.wire.Fields;

/** The events of OpenAI's Responses. */
final class ResponsesEvents extends NamedEvents {
  @Override
  boolean isPlainContent(String name) {
    return name.endsWith(".delta") || name.endsWith(".done");
  }

  @Override
  Verdict judge(String name, Fields event) {
    return switch (name == null ? "" : name) {
      case "response.created", "response.in_progress", "response.queued" -> {
        model = event.at("response").text("model");
        yield Verdict.PRELUDE;
      }
      case "response.completed", "response.incomplete" -> {
        usage = ResponsesAnswer.usage(event.at("response").at("usage"));
        yield Verdict.LAST;
      }
      case "response.failed", "error" -> Verdict.ERROR;
      // Announced, but still empty: an error after it can fall back.
      case "response.output_item.added", "response.content_part.added" -> Verdict.PRELUDE;
      default -> Verdict.CONTENT;
    };
  }
}
