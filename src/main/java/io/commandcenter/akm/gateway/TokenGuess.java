package io.commandcenter.akm.gateway;

import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.Part;
import io.vertx.core.json.JsonObject;

/** The tokens of a prompt where the provider counts none: four characters a token. */
final class TokenGuess {
  private static final int CHARS_PER_TOKEN = 4;
  private static final long PER_TURN = 4;
  private static final long PER_IMAGE = 1_600;

  private TokenGuess() {}

  static long of(ChatRequest request) {
    long tokens = 0;
    for (var turn : request.turns()) {
      tokens += PER_TURN;
      for (var part : turn.parts()) {
        tokens += of(part);
      }
    }
    for (var tool : request.tools()) {
      tokens += chars(tool.name()) + chars(tool.description());
      tokens += chars(new JsonObject(tool.schema()).encode());
    }
    return tokens;
  }

  private static long of(Part part) {
    if (part instanceof Part.Text text) {
      return chars(text.text());
    }
    if (part instanceof Part.ToolCall call) {
      return chars(call.name()) + chars(call.arguments());
    }
    if (part instanceof Part.ToolResult result) {
      return result.content().stream().mapToLong(TokenGuess::of).sum();
    }
    if (part instanceof Part.Thinking thinking) {
      return chars(thinking.text());
    }
    if (part instanceof Part.Refusal refusal) {
      return chars(refusal.text());
    }
    return PER_IMAGE;
  }

  private static long chars(String text) {
    return text == null ? 0 : (text.length() + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN;
  }
}
