package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.JsonText;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.commandcenter.akm.gateway.dialect.WholeCalls;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A stream of GenerateContentResponses; a function call comes whole, in one of them. */
final class GoogleStream implements StreamWriter {
  /** How the responses are told apart. */
  enum Framing {
    EVENTS,
    ARRAY
  }

  private final Given given;
  private final Framing framing;
  private final boolean showsThoughts;
  private final WholeCalls calls = new WholeCalls();
  private String model;
  private String behindText;
  private boolean refused;
  private boolean begun;

  GoogleStream(Given given, Framing framing) {
    this.given = given;
    this.framing = framing;
    this.showsThoughts = GenerationConfig.showsThoughts(given.asked());
    this.model = given.served().model();
    // Then the provider's own bytes have begun the array.
    this.begun = given.served().relayed();
  }

  @Override
  public String contentType() {
    return framing == Framing.EVENTS ? "text/event-stream" : "application/json; charset=UTF-8";
  }

  @Override
  public Buffer event(ChatEvent event) {
    if (event instanceof ChatEvent.Text text) {
      return text.text().isEmpty() ? null : text(text.text());
    }
    if (event instanceof ChatEvent.Thinking thinking) {
      return showsThoughts && !thinking.text().isEmpty()
          ? next(Answers.thought(thinking.text()))
          : null;
    }
    if (event instanceof ChatEvent.Refusal refusal) {
      refused = true;
      return next(Answers.text(refusal.text()));
    }
    if (event instanceof ChatEvent.CallBegan began) {
      calls.began(began);
    } else if (event instanceof ChatEvent.CallArguments fragment) {
      return calls.add(fragment).map(call -> next(Answers.call(call))).orElse(null);
    } else if (event instanceof ChatEvent.Began began && began.model() != null) {
      model = began.model();
    } else if (event instanceof ChatEvent.Ended ended) {
      return last(ended);
    }
    // Nothing stands for a ping: Google's clients take a comment for a broken event.
    return null;
  }

  /** By far the most frequent step: put down without a tree. */
  private Buffer text(String text) {
    if (behindText == null) {
      var behind = new StringBuilder("}],\"role\":\"model\"},\"index\":0}],\"modelVersion\":");
      JsonText.quote(behind, model).append(",\"responseId\":");
      behindText = JsonText.quote(behind, given.served().requestId()).append('}').toString();
    }
    var out = new StringBuilder(text.length() + 256);
    out.append("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":");
    return framed(JsonText.quote(out, text).append(behindText).toString());
  }

  private Buffer next(JsonObject part) {
    return framed(response(new JsonArray().add(part), null, null).encode());
  }

  private Buffer last(ChatEvent.Ended ended) {
    var parts = new JsonArray();
    calls.rest().forEach(call -> parts.add(Answers.call(call)));
    if (parts.isEmpty()) {
      parts.add(Answers.text(""));
    }
    var finish = Answers.finish(ended.stop(), refused, calls.malformed());
    return end(framed(response(parts, finish, ended.usage()).encode()));
  }

  private JsonObject response(JsonArray parts, String finish, TokenUsage usage) {
    return Answers.response(parts, finish, usage, model, given);
  }

  @Override
  public Buffer broken(Failure failure) {
    return end(framed(GoogleErrors.json(failure, given.served().requestId()).encode()));
  }

  private Buffer framed(String json) {
    if (framing == Framing.EVENTS) {
      return Buffer.buffer("data: " + json + "\r\n\r\n");
    }
    var before = begun ? ",\r\n" : "[";
    begun = true;
    return Buffer.buffer(before + json);
  }

  private Buffer end(Buffer last) {
    return framing == Framing.EVENTS ? last : last.appendString("]");
  }
}
