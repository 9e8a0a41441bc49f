package io.commandcenter.akm.cli.bridge;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Requests that stand for themselves, as from 2026-07-28 on: what a proxy may want to know of them
 * is in their headers too, and closing the connection cancels them.
 *
 * <p>See https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
 */
final class StatelessLane {
  private static final String VERSION = "io.modelcontextprotocol/protocolVersion";
  private static final String FIRST = "2026-07-28";
  private static final String ENCODED = "=?base64?";

  private final Service service;
  private final Client client;

  StatelessLane(Service service, Client client) {
    this.service = service;
    this.client = client;
  }

  /** Whether the request says that it is of such a revision. */
  static boolean claims(Message.Request request) {
    return request.method().equals("server/discover") || version(request) != null;
  }

  void request(OpenRequest open, Message.Request request) {
    var exchange = service.post(headers(request), request.text(), client::receive);
    open.abortWith(exchange::abort);
    exchange
        .ended()
        .onSuccess(end -> client.fail(open, Endings.unanswered(open, end)))
        .onFailure(cause -> client.fail(open, Endings.broken(open, service, exchange, cause)));
  }

  private static Map<String, String> headers(Message.Request request) {
    var headers = new LinkedHashMap<String, String>();
    var version = version(request);
    headers.put("MCP-Protocol-Version", encoded(version == null ? FIRST : version));
    headers.put("Mcp-Method", encoded(request.method()));
    var name =
        switch (request.method()) {
          case "tools/call", "prompts/get" -> request.params().getValue("name");
          case "resources/read" -> request.params().getValue("uri");
          default -> null;
        };
    if (name instanceof String text) {
      headers.put("Mcp-Name", encoded(text));
    }
    return headers;
  }

  private static String version(Message.Request request) {
    return request.params().getValue("_meta") instanceof JsonObject meta
            && meta.getValue(VERSION) instanceof String version
        ? version
        : null;
  }

  /** As it is if a header can carry it so, else its UTF-8 in base64. */
  static String encoded(String text) {
    boolean plain =
        text.chars().allMatch(c -> c >= ' ' && c <= '~')
            && text.equals(text.strip())
            && !text.startsWith(ENCODED);
    return plain
        ? text
        : ENCODED
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }
}
