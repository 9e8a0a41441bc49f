package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.provider.wire.Fields;

/** The events of Anthropic's Messages. */
final class AnthropicEvents extends NamedEvents {
  private Fields begun = new Fields(new io.vertx.core.json.JsonObject());

  @Override
  boolean isPlainContent(String name) {
    return name.equals("content_block_delta") || name.equals("content_block_stop");
  }

  @Override
  Verdict judge(String name, Fields event) {
    return switch (name == null ? "" : name) {
      case "message_start" -> {
        var message = event.at("message");
        begun = message.at("usage");
        usage = RelayUsage.ofAnthropic(begun, begun);
        model = message.text("model");
        yield Verdict.PRELUDE;
      }
      case "message_delta" -> {
        usage = RelayUsage.ofAnthropic(begun, event.at("usage"));
        yield Verdict.CONTENT;
      }
      case "message_stop" -> Verdict.LAST;
      case "error" -> Verdict.ERROR;
      // A block that begins is still empty: an error after it can fall back.
      case "content_block_delta", "content_block_stop" -> Verdict.CONTENT;
      default -> Verdict.PRELUDE;
    };
  }
}
