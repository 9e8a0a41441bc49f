package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** A stream of a response's events, whole and numbered. */
final class ResponseStream implements StreamWriter {
  private final Given given;
  private final boolean thinkingShown;
  private final ResponseEvents events = new ResponseEvents();
  private final ResponseOutput output;
  private ResponseShape shape;
  private JsonObject ended;

  ResponseStream(Given given) {
    this.given = given;
    thinkingShown = asksForSummary(given.asked().json());
    output = new ResponseOutput(events, given.served().requestId());
  }

  @Override
  public String contentType() {
    return ChatStream.CONTENT_TYPE;
  }

  @Override
  public Buffer event(ChatEvent event) {
    events.start();
    if (event instanceof ChatEvent.Text fragment) {
      output.text(fragment.text());
    } else if (event instanceof ChatEvent.CallArguments fragment) {
      output.arguments(fragment);
    } else if (event instanceof ChatEvent.Thinking fragment) {
      if (thinkingShown) {
        output.thinking(fragment.text());
      }
    } else if (event instanceof ChatEvent.Refusal fragment) {
      output.refusal(fragment.text());
    } else if (event instanceof ChatEvent.CallBegan began) {
      output.call(began);
    } else if (event instanceof ChatEvent.Began began) {
      begin(began);
    } else if (event instanceof ChatEvent.Ended end) {
      end(end);
    } else {
      events.comment(ChatStream.PING);
    }
    return events.bytes();
  }

  /** The event's own members, and {@code error} for readers that look for it. */
  @Override
  public Buffer broken(Failure failure) {
    var error = OpenAiErrors.of(failure, given.served().requestId()).getJsonObject("error");
    events.start();
    events.write(
        "error",
        new JsonObject()
            .put("code", error.getValue("code"))
            .put("message", error.getValue("message"))
            .put("param", error.getValue("param"))
            .put("error", error));
    return events.bytes();
  }

  /** The whole response; null before {@link ChatEvent.Ended}. */
  JsonObject ended() {
    return ended;
  }

  private void begin(ChatEvent.Began began) {
    shape = new ResponseShape(began.id(), began.model(), given);
    var response = new JsonObject().put("response", shape.begun());
    events.write("response.created", response);
    events.write("response.in_progress", response);
  }

  private void end(ChatEvent.Ended end) {
    output.close(end.stop() != StopReason.STOP && end.stop() != StopReason.TOOL_CALLS);
    var usage = end.usage() == null ? given.served().usage() : end.usage();
    ended = shape.ended(end.stop(), output.items(), usage);
    events.write(
        "response." + ResponseShape.status(end.stop()), new JsonObject().put("response", ended));
  }

  private static boolean asksForSummary(JsonObject asked) {
    return asked.getValue("reasoning") instanceof JsonObject reasoning
        && (reasoning.getValue("summary") != null
            || reasoning.getValue("generate_summary") != null);
  }
}
