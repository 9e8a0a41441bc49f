package io.commandcenter.akm.mcp.transport.session;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import java.io.IOException;
import reactor.core.publisher.Mono;

/** A stream as the SDK's sessions want it: what they send goes into it. */
record Outlet(EventStream stream, McpJsonMapper mapper) implements McpStreamableServerTransport {
  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return sendMessage(message, null);
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message, String idOfTheSdk) {
    return Mono.create(
        sink -> {
          try {
            stream.take(message, mapper.writeValueAsString(message), sink);
          } catch (IOException e) {
            sink.error(e);
          }
        });
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return mapper.convertValue(data, type);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.create(sink -> stream.close(sink::success));
  }

  @Override
  public void close() {
    stream.close();
  }
}
