package io.commandcenter.akm.core.chat;

import java.util.HashMap;
import java.util.Map;

/** The tools' names by the ids of their calls, for dialects whose results name the tool. */
public final class ToolNames {
  private final Map<String, String> names = new HashMap<>();

  private ToolNames() {}

  /** Reads every call of a conversation. */
  public static ToolNames of(ChatRequest request) {
    var read = new ToolNames();
    for (var turn : request.turns()) {
      for (var part : turn.parts()) {
        if (part instanceof Part.ToolCall call) {
          read.names.put(call.id(), call.name());
        }
      }
    }
    return read;
  }

  /** The result's own name, else the name of the call it answers; null if neither is known. */
  public String of(Part.ToolResult result) {
    return result.name() == null ? names.get(result.callId()) : result.name();
  }
}
