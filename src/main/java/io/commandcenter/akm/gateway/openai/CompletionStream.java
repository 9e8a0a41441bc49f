package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.JsonText;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;

/** A stream of {@code text_completion}s; it knows texts only. */
final class CompletionStream implements StreamWriter {
  private final Given given;
  private final boolean withUsage;
  private final StringBuilder out = new StringBuilder(512);
  private String head;

  CompletionStream(Given given) {
    this.given = given;
    withUsage = ChatStream.asksForUsage(given.asked().json());
  }

  @Override
  public String contentType() {
    return ChatStream.CONTENT_TYPE;
  }

  @Override
  public Buffer event(ChatEvent event) {
    out.setLength(0);
    if (event instanceof ChatEvent.Text fragment) {
      fragment(fragment.text());
    } else if (event instanceof ChatEvent.Refusal fragment) {
      fragment(fragment.text());
    } else if (event instanceof ChatEvent.Began began) {
      head =
          ChatStream.head(
              ChatReply.id(began.id(), Completions.ID, given),
              Completions.OBJECT,
              ChatReply.model(began.model(), given),
              given);
    } else if (event instanceof ChatEvent.Ended ended) {
      end(ended);
    } else if (event instanceof ChatEvent.Ping) {
      out.append(ChatStream.PING);
    }
    return out.isEmpty() ? null : Buffer.buffer(out.toString());
  }

  @Override
  public Buffer broken(Failure failure) {
    return ChatStream.broken(failure, given);
  }

  private void fragment(String text) {
    if (!text.isEmpty()) {
      choice(text, null);
    }
  }

  private void end(ChatEvent.Ended ended) {
    choice("", ChatReply.finishReason(ended.stop(), false));
    if (withUsage && ended.usage() != null) {
      ChatStream.usage(out.append(head), ended.usage());
    }
    out.append(ChatStream.DONE);
  }

  private void choice(String text, String finishReason) {
    JsonText.quote(out.append(head).append(",\"choices\":[{\"index\":0,\"text\":"), text);
    JsonText.quote(out.append(",\"logprobs\":null,\"finish_reason\":"), finishReason);
    out.append(withUsage ? "}],\"usage\":null}\n\n" : "}]}\n\n");
  }
}
