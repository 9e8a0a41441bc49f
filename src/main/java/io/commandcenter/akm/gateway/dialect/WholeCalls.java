package io.commandcenter.akm.gateway.dialect;

import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.Part;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers the fragments of a stream's tool calls, for dialects that tell each call at once. */
public final class WholeCalls {
  /** A call whose arguments are complete. */
  public record Call(int index, String id, String name, JsonObject arguments, String signature) {}

  /** Finds the end of the object while its text grows. */
  private static final class Gathering {
    final ChatEvent.CallBegan began;
    final StringBuilder json = new StringBuilder();
    private int depth;
    private boolean quoted;
    private boolean escaped;

    Gathering(ChatEvent.CallBegan began) {
      this.began = began;
    }

    /** Whether the object has closed. */
    boolean add(String fragment) {
      json.append(fragment);
      var closed = false;
      for (int i = 0; i < fragment.length(); i++) {
        closed |= closes(fragment.charAt(i));
      }
      return closed;
    }

    private boolean closes(char next) {
      if (quoted) {
        quoted = escaped || next != '"';
        escaped = !escaped && next == '\\';
        return false;
      }
      quoted = next == '"';
      depth += next == '{' ? 1 : next == '}' ? -1 : 0;
      return next == '}' && depth == 0;
    }
  }

  private final Map<Integer, Gathering> open = new TreeMap<>();
  private boolean malformed;

  public void began(ChatEvent.CallBegan began) {
    open.put(began.index(), new Gathering(began));
  }

  /** The call, if its arguments are complete now. */
  public Optional<Call> add(ChatEvent.CallArguments fragment) {
    var call = open.get(fragment.index());
    if (call == null || !call.add(fragment.json())) {
      return Optional.empty();
    }
    open.remove(fragment.index());
    return whole(call);
  }

  /** The calls that are still open when the answer ends: those without arguments. */
  public List<Call> rest() {
    var rest = new ArrayList<Call>();
    open.values().forEach(call -> whole(call).ifPresent(rest::add));
    open.clear();
    return rest;
  }

  /** Whether a call was left out because its arguments are no JSON object: it was cut, mostly. */
  public boolean malformed() {
    return malformed;
  }

  private Optional<Call> whole(Gathering call) {
    var began = call.began;
    var arguments = arguments(call.json.toString());
    malformed |= arguments.isEmpty();
    return arguments.map(
        json -> new Call(began.index(), began.id(), began.name(), json, began.signature()));
  }

  /** The calls of a whole answer; those whose arguments are no JSON object are left out. */
  public static List<Call> of(List<Part> parts) {
    var calls = new ArrayList<Call>();
    for (var part : parts) {
      if (part instanceof Part.ToolCall call) {
        arguments(call.arguments())
            .ifPresent(
                json ->
                    calls.add(
                        new Call(calls.size(), call.id(), call.name(), json, call.signature())));
      }
    }
    return calls;
  }

  /** Empty if it is no JSON object. */
  public static Optional<JsonObject> arguments(String json) {
    try {
      return Optional.of(json.isBlank() ? new JsonObject() : new JsonObject(json));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }
}
