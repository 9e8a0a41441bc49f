package io.commandcenter.akm.mcp.transport.stateless;

import io.commandcenter.akm.mcp.transport.Carrier;
import io.commandcenter.akm.mcp.transport.Errors;
import io.commandcenter.akm.mcp.transport.Wiring;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Those who listen, limited in all and for each caller. */
final class Listeners {
  private static final Map<String, String> LISTS =
      Map.of(
          "toolsListChanged", "tools",
          "promptsListChanged", "prompts",
          "resourcesListChanged", "resources");
  private static final String URIS = "resourceSubscriptions";

  private final Wiring wiring;
  private final Replying replying;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

  Listeners(Wiring wiring, Replying replying) {
    this.wiring = wiring;
    this.replying = replying;
  }

  int count() {
    return listeners.size();
  }

  /** Answers {@code subscriptions/listen}: the response stays open. */
  void listen(RoutingContext rc, StatelessRequest request, Caller caller) {
    var filter = request.parameters().map("notifications");
    if (filter.isEmpty()) {
      throw Errors.invalidParameters("`notifications` has to say what to listen for");
    }
    var uris = uris(filter.get(URIS), caller);
    var lists = new LinkedHashSet<String>();
    var granted = new LinkedHashMap<String, Object>();
    LISTS.forEach(
        (member, list) -> {
          if (Boolean.TRUE.equals(filter.get(member))
              && wiring.features().card().changing().contains(list)) {
            lists.add(list);
            granted.put(member, true);
          }
        });
    if (filter.containsKey(URIS)) {
      granted.put(URIS, List.copyOf(uris));
    }
    var context = wiring.vertx().getOrCreateContext();
    var listener = new Listener(request.id(), caller.id(), uris, lists, context, replying);
    var carrier =
        new Carrier(context, rc.response(), wiring.settings().stall(), gone -> forget(listener));
    uris.forEach(wiring.interest()::add);
    listeners.add(listener);
    listener.open(carrier, granted);
  }

  /** Whether one more fits; checked before anything is answered. */
  boolean full(Caller caller) {
    return listeners.size() >= wiring.settings().maxSessions()
        || listeners.stream().filter(each -> each.owner().equals(caller.id())).count()
            >= wiring.settings().maxSessionsPerCaller();
  }

  /** Those that this caller may hear of; the others are not in what is granted. */
  private Set<String> uris(Object asked, Caller caller) {
    if (asked == null) {
      return Set.of();
    }
    if (!(asked instanceof List<?> list) || list.size() > wiring.settings().maxSubscriptions()) {
      throw Errors.invalidParameters(
          "`resourceSubscriptions` has to be a list of at most %d URIs"
              .formatted(wiring.settings().maxSubscriptions()));
    }
    var uris = new LinkedHashSet<String>();
    for (var uri : list) {
      if (uri instanceof String text
          && !wiring.features().secret(text)
          && wiring.features().subscribable(text, caller)) {
        uris.add(text);
      }
    }
    return uris;
  }

  void updated(String uri) {
    listeners.forEach(listener -> listener.updated(uri));
  }

  void changed(String list) {
    listeners.forEach(listener -> listener.changed(list));
  }

  void heartbeat() {
    listeners.forEach(Listener::heartbeat);
  }

  void dropOf(String callerId) {
    close(new ArrayList<>(listeners).stream().filter(l -> l.owner().equals(callerId)).toList());
  }

  void closeAll() {
    close(List.copyOf(listeners));
  }

  private void forget(Listener listener) {
    if (listeners.remove(listener)) {
      listener.uris().forEach(wiring.interest()::remove);
    }
  }

  private void close(List<Listener> ended) {
    ended.forEach(
        listener -> {
          forget(listener);
          listener.close();
        });
  }
}
