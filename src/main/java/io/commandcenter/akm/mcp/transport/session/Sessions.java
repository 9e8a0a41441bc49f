package io.commandcenter.akm.mcp.transport.session;

import io.commandcenter.akm.mcp.transport.TransportSettings;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sessions of this process, limited in all and for each owner. */
final class Sessions {
  private final TransportSettings settings;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final Map<String, Integer> places = new HashMap<>();
  private int taken;

  Sessions(TransportSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes a place for a session to come. An owner who has used up his places gives the idlest of
   * them: many clients never end a session.
   *
   * @return false if there is none left
   */
  boolean reserve(String owner) {
    if (take(owner)) {
      return true;
    }
    if (places(owner) < settings.maxSessionsPerCaller()) {
      return false;
    }
    sessions.values().stream()
        .filter(session -> session.owner().equals(owner) && session.idle())
        .min(Comparator.comparingLong(Session::lastSeen))
        .ifPresent(idlest -> drop(idlest).subscribe());
    return take(owner);
  }

  private synchronized int places(String owner) {
    return places.getOrDefault(owner, 0);
  }

  private synchronized boolean take(String owner) {
    int own = places.getOrDefault(owner, 0);
    if (taken >= settings.maxSessions() || own >= settings.maxSessionsPerCaller()) {
      return false;
    }
    taken++;
    places.put(owner, own + 1);
    return true;
  }

  synchronized void release(String owner) {
    taken--;
    places.computeIfPresent(owner, (name, own) -> own > 1 ? own - 1 : null);
  }

  /** Puts a session onto the place that was reserved for it. */
  void add(Session session) {
    sessions.put(session.id(), session);
  }

  /** Someone else's session is answered like none: ids cannot be probed. */
  Optional<Session> find(String id, String owner) {
    return Optional.ofNullable(sessions.get(id)).filter(session -> session.owner().equals(owner));
  }

  Mono<Void> drop(Session session) {
    if (!sessions.remove(session.id(), session)) {
      return Mono.empty();
    }
    release(session.owner());
    return session.close();
  }

  Mono<Void> dropAll(Predicate<Session> which) {
    return Flux.fromIterable(List.copyOf(sessions.values()))
        .filter(which)
        .flatMap(this::drop)
        .then();
  }

  Mono<Void> updated(String uri) {
    return Flux.fromIterable(sessions.values())
        .flatMap(session -> session.updated(uri).onErrorResume(gone -> Mono.empty()))
        .then();
  }

  Mono<Void> notify(String method, Object params) {
    return Flux.fromIterable(sessions.values())
        .flatMap(session -> notify(session, method, params))
        .then();
  }

  Mono<Void> notify(String sessionId, String method, Object params) {
    return Mono.justOrEmpty(sessions.get(sessionId))
        .flatMap(session -> notify(session, method, params));
  }

  private static Mono<Void> notify(Session session, String method, Object params) {
    return session.notify(method, params).onErrorResume(gone -> Mono.empty());
  }

  int count() {
    return sessions.size();
  }
}
