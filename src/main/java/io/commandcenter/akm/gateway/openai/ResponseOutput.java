package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.core.chat.ChatEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * The output items of one response: at most one message or reasoning is open, or any number of
 * calls, which may come in turns.
 */
final class ResponseOutput {
  private enum Kind {
    TEXT("output_text", "text"),
    REFUSAL("refusal", "refusal"),
    SUMMARY("reasoning_summary_text", "text");

    final String event;
    final String member;

    Kind(String event, String member) {
      this.event = event;
      this.member = member;
    }
  }

  private record Call(int at, String id, ChatEvent.CallBegan began, StringBuilder arguments) {
    String place() {
      return "\"item_id\":\"" + id + "\",\"output_index\":" + at;
    }
  }

  private final ResponseEvents events;
  private final String requestId;
  private final Map<Integer, JsonObject> done = new TreeMap<>();
  private final Map<Integer, Call> calls = new TreeMap<>();
  private final StringBuilder text = new StringBuilder();
  private JsonArray content = new JsonArray();
  private Kind open;
  private String itemId;
  private String place;
  private int items;

  ResponseOutput(ResponseEvents events, String requestId) {
    this.events = events;
    this.requestId = requestId;
  }

  void text(String fragment) {
    part(Kind.TEXT, fragment);
  }

  void refusal(String fragment) {
    part(Kind.REFUSAL, fragment);
  }

  void thinking(String fragment) {
    part(Kind.SUMMARY, fragment);
  }

  void call(ChatEvent.CallBegan began) {
    closeItem("completed");
    var call = new Call(items, id("fc_"), began, new StringBuilder());
    calls.put(began.index(), call);
    added(OutputItems.call(call.id(), began.id(), began.name(), "", false));
  }

  void arguments(ChatEvent.CallArguments fragment) {
    var call = calls.get(fragment.index());
    if (call != null && !fragment.json().isEmpty()) {
      call.arguments().append(fragment.json());
      events.delta("response.function_call_arguments.delta", call.place(), fragment.json());
    }
  }

  /**
   * @param cut whether the answer ended before the model was done
   */
  void close(boolean cut) {
    closeItem(cut ? "incomplete" : "completed");
    closeCalls();
  }

  /** All that are closed, in their order. */
  JsonArray items() {
    var all = new JsonArray();
    done.values().forEach(all::add);
    return all;
  }

  private void part(Kind kind, String fragment) {
    if (fragment.isEmpty()) {
      return;
    }
    if (open != kind) {
      closeCalls();
      begin(kind);
    }
    text.append(fragment);
    events.delta("response." + kind.event + ".delta", place, fragment);
  }

  private void begin(Kind kind) {
    var sameItem = open != null && open != Kind.SUMMARY && kind != Kind.SUMMARY;
    if (sameItem) {
      closePart();
    } else {
      closeItem("completed");
      beginItem(kind);
    }
    open = kind;
    place =
        "\"item_id\":\"%s\",\"output_index\":%d,\"%s\":%d"
            .formatted(itemId, items - 1, indexName(kind), content.size());
    if (kind == Kind.TEXT) {
      place += ",\"logprobs\":[]";
    }
    events.write(partEvent("added"), at().put("part", shape("")));
  }

  private void beginItem(Kind kind) {
    content = new JsonArray();
    itemId = id(kind == Kind.SUMMARY ? "rs_" : "msg_");
    added(item(kind, ResponseShape.IN_PROGRESS, new JsonArray()));
  }

  private void added(JsonObject item) {
    events.write(
        "response.output_item.added",
        new JsonObject().put("output_index", items).put("item", item));
    items++;
  }

  private void closePart() {
    var whole = at().put(open.member, text.toString());
    if (open == Kind.TEXT) {
      whole.put("logprobs", new JsonArray());
    }
    events.write("response." + open.event + ".done", whole);
    var shape = shape(text.toString());
    events.write(partEvent("done"), at().put("part", shape));
    content.add(shape);
    text.setLength(0);
  }

  private void closeItem(String status) {
    if (open != null) {
      closePart();
      closed(items - 1, item(open, status, content));
      open = null;
    }
  }

  private void closeCalls() {
    for (var call : calls.values()) {
      var arguments = call.arguments().isEmpty() ? "{}" : call.arguments().toString();
      events.write(
          "response.function_call_arguments.done",
          new JsonObject()
              .put("item_id", call.id())
              .put("output_index", call.at())
              .put("name", call.began().name())
              .put("arguments", arguments));
      var began = call.began();
      closed(call.at(), OutputItems.call(call.id(), began.id(), began.name(), arguments, true));
    }
    calls.clear();
  }

  private void closed(int at, JsonObject item) {
    done.put(at, item);
    events.write(
        "response.output_item.done", new JsonObject().put("output_index", at).put("item", item));
  }

  private JsonObject item(Kind kind, String status, JsonArray parts) {
    return kind == Kind.SUMMARY
        ? OutputItems.reasoning(itemId, parts)
        : OutputItems.message(itemId, status, parts);
  }

  private JsonObject shape(String words) {
    return switch (open) {
      case TEXT -> OutputItems.text(words);
      case REFUSAL -> OutputItems.refusal(words);
      case SUMMARY -> OutputItems.summary(words);
    };
  }

  private JsonObject at() {
    return new JsonObject()
        .put("item_id", itemId)
        .put("output_index", items - 1)
        .put(indexName(open), content.size());
  }

  private String partEvent(String what) {
    return open == Kind.SUMMARY
        ? "response.reasoning_summary_part." + what
        : "response.content_part." + what;
  }

  private static String indexName(Kind kind) {
    return kind == Kind.SUMMARY ? "summary_index" : "content_index";
  }

  /** Made of this server's own id, which needs no escaping in JSON. */
  private String id(String prefix) {
    return prefix + requestId + "_" + items;
  }
}
