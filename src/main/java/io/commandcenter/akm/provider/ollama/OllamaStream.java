package io.commandcenter.akm.provider.ollama;

import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Fields;
import io.commandcenter.akm.provider.wire.JsonLines;
import io.commandcenter.akm.provider.wire.JsonStream;
import java.time.Instant;
import java.util.List;

/** Reads the lines of a streamed chat. */
final class OllamaStream extends JsonStream {
  OllamaStream(ProviderRequest.Chat request, Instant now) {
    super(request, new JsonLines(), now, List.of());
  }

  @Override
  protected void message(Fields line) {
    if (line.has("error")) {
      fail(status(line), line.json().toBuffer());
      return;
    }
    if (!line.has("message") && !line.is("done")) {
      return;
    }
    seed(line.text("created_at"));
    begin(null, line.text("model"));
    var message = line.at("message");
    if (!message.textOr("thinking", "").isEmpty()) {
      thinking(message.text("thinking"), null, null, OllamaMessages.ORIGIN);
    }
    if (!message.textOr("content", "").isEmpty()) {
      text(message.text("content"));
    }
    for (var call : message.list("tool_calls")) {
      var function = call.at("function");
      arguments(
          call(call.text("id"), function.textOr("name", ""), null),
          function.at("arguments").json().encode());
    }
    if (line.is("done")) {
      OllamaAnswer.usage(line).ifPresent(this::used);
      end(OllamaAnswer.stop(line, calls() > 0), null);
    }
  }

  /** An error in a running stream has no status of its own but, from the cloud, in a member. */
  private static int status(Fields line) {
    int told = Math.max(line.integer("status_code"), line.at("error").integer("code"));
    return told >= 400 && told < 600 ? told : 500;
  }
}
