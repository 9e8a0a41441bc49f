package io.commandcenter.akm.mcp.transport.stateless;

import static io.commandcenter.akm.mcp.transport.stateless.StatelessRequest.NAMESPACE;

import io.commandcenter.akm.mcp.transport.Carrier;
import io.modelcontextprotocol.spec.McpSchema;
import io.vertx.core.Context;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One client that listens for changes, on a response that stays open. What the connection cannot
 * take now waits, each change once. Works on its request's context.
 */
final class Listener {
  private record Change(String method, String uri) {}

  private final Object id;
  private final String owner;
  private final Set<String> uris;
  private final Set<String> lists;
  private final Context context;
  private final Replying replying;
  private final Set<Change> waiting = new LinkedHashSet<>();
  private Carrier carrier;

  /**
   * @param uris of the resources, bounded
   * @param lists of tools, prompts and resources
   */
  Listener(
      Object id,
      String owner,
      Set<String> uris,
      Set<String> lists,
      Context context,
      Replying replying) {
    this.id = id;
    this.owner = owner;
    this.uris = Set.copyOf(uris);
    this.lists = Set.copyOf(lists);
    this.context = context;
    this.replying = replying;
  }

  String owner() {
    return owner;
  }

  Set<String> uris() {
    return uris;
  }

  /** Tells the client what it will hear of. */
  void open(Carrier opened, Map<String, Object> granted) {
    carrier = opened;
    carrier.startStream();
    write("notifications/subscriptions/acknowledged", Map.of("notifications", granted));
  }

  void updated(String uri) {
    if (uris.contains(uri)) {
      tell(new Change(McpSchema.METHOD_NOTIFICATION_RESOURCES_UPDATED, uri));
    }
  }

  void changed(String list) {
    if (lists.contains(list)) {
      tell(new Change("notifications/" + list + "/list_changed", null));
    }
  }

  private void tell(Change change) {
    context.runOnContext(
        v -> {
          waiting.add(change);
          pump();
        });
  }

  private void pump() {
    var next = waiting.iterator();
    while (next.hasNext() && carrier.open() && !carrier.full(this::pump)) {
      var change = next.next();
      next.remove();
      write(change.method(), change.uri() == null ? Map.of() : Map.of("uri", change.uri()));
    }
  }

  private void write(String method, Map<String, Object> params) {
    var tagged = new LinkedHashMap<>(params);
    tagged.put("_meta", Map.of(NAMESPACE + "subscriptionId", id));
    carrier.message(replying.notification(method, tagged));
  }

  void heartbeat() {
    context.runOnContext(v -> carrier.comment("heartbeat"));
  }

  /** Ends the subscription in order. */
  void close() {
    context.runOnContext(
        v -> {
          if (carrier.open()) {
            carrier.message(replying.ended(id));
          }
          carrier.end();
        });
  }
}
