package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.RouteRequest;

/**
 * An upper bound of a prompt's tokens: every tokenizer in use makes at most one token of a byte,
 * and the providers add a few for each message and for the request.
 */
final class PromptSize {
  private static final long PER_REQUEST = 64;
  private static final long PER_MESSAGE = 16;

  private PromptSize() {}

  static long maxTokens(RouteRequest request) {
    long tokens = PER_REQUEST;
    if (request.prompt() != null) {
      tokens += PER_MESSAGE + bytes(request.prompt());
    }
    for (var message : request.messages()) {
      tokens += PER_MESSAGE + bytes(message.content());
    }
    for (var text : request.input()) {
      tokens += PER_MESSAGE + bytes(text);
    }
    return tokens;
  }

  /** UTF-8 bytes, counted without a copy of the text. */
  private static long bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // A surrogate pair is four bytes: two for each half.
        bytes += c >= 0x800 && !Character.isSurrogate(c) ? 2 : 1;
      }
    }
    return bytes;
  }
}
