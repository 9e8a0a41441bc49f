package io.commandcenter.akm.bench;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Where requests go.
 *
 * @param program whose CPU counts; none for the upstream itself
 */
record Target(String name, int port, String key, Optional<Program> program) {
  private static final String QUESTION =
      "Say in some sentences why the sky is blue and what colour it has elsewhere. ".repeat(6);

  /**
   * The request as it goes over the wire.
   *
   * @param chunks 0 for a plain answer
   */
  Buffer request(int chunks, int gapMs) {
    var how = chunks == 0 ? "" : ",\"stream\":true,\"stream_options\":{\"include_usage\":true}";
    var what = chunks == 0 ? "" : "chunks=%d gap=%d".formatted(chunks, gapMs);
    var body =
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"%s%s\"}],\"temperature\":0.5,\"max_tokens\":200%s}"
            .formatted(QUESTION, what, how);
    return Buffer.buffer(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(port, key, body.length(), body));
  }
}
