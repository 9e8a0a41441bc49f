package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Fields;
import io.commandcenter.akm.provider.wire.JsonStream;
import io.commandcenter.akm.provider.wire.ServerSentEvents;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads the events of a streamed response. */
final class ResponsesStream extends JsonStream {
  private final Map<Integer, Integer> callOfItem = new HashMap<>();
  private final Set<Integer> argued = new HashSet<>();
  private boolean refused;

  ResponsesStream(ProviderRequest.Chat request, Instant now) {
    super(request, new ServerSentEvents(), now, request.request().stop());
  }

  @Override
  protected void message(Fields event) {
    switch (event.textOr("type", "")) {
      case "response.created", "response.in_progress", "response.queued" ->
          begin(event.at("response").text("id"), event.at("response").text("model"));
      case "response.output_item.added" -> item(event.integer("output_index"), event.at("item"));
      case "response.output_item.done" -> done(event.integer("output_index"), event.at("item"));
      case "response.output_text.delta" -> {
        begin(null, null);
        text(event.textOr("delta", ""));
      }
      case "response.refusal.delta" -> {
        begin(null, null);
        refused = true;
        other(new ChatEvent.Refusal(event.textOr("delta", "")));
      }
      case "response.reasoning_summary_text.delta" -> {
        begin(null, null);
        thinking(event.textOr("delta", ""), null, null, OpenAiAnswer.ORIGIN);
      }
      case "response.function_call_arguments.delta" -> arguments(event);
      case "response.completed", "response.incomplete" -> finish(event.at("response"));
      case "response.failed" ->
          fail(
              OpenAiStream.status(event.at("response").at("error")),
              event.at("response").json().toBuffer());
      case "error" -> {
        // The error's own fields stand beside the type, or in an object.
        var error = event.has("error") ? event.at("error") : event;
        fail(OpenAiStream.status(error), event.json().toBuffer());
      }
      default -> {
        // Parts begin and end on their own; other events tell of tools that are never asked for.
      }
    }
  }

  private void item(int index, Fields item) {
    if ("function_call".equals(item.text("type"))) {
      begin(null, null);
      callOfItem.put(index, call(item.text("call_id"), item.textOr("name", ""), null));
    }
  }

  private void arguments(Fields event) {
    var call = callOfItem.get(event.integer("output_index"));
    if (call != null && !event.textOr("delta", "").isEmpty()) {
      argued.add(call);
      arguments(call, event.text("delta"));
    }
  }

  /** Arguments that came without deltas. */
  private void done(int index, Fields item) {
    var call = callOfItem.get(index);
    if (call != null && argued.add(call)) {
      arguments(call, item.textOr("arguments", ""));
    }
  }

  private void finish(Fields response) {
    begin(response.text("id"), response.text("model"));
    if (response.has("usage")) {
      used(ResponsesAnswer.usage(response.at("usage")));
    }
    end(ResponsesAnswer.stop(response, refused, calls() > 0), null);
  }
}
