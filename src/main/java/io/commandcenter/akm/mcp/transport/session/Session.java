package io.commandcenter.akm.mcp.transport.session;

import io.commandcenter.akm.mcp.transport.Cancellation;
import io.commandcenter.akm.mcp.transport.Interest;
import io.commandcenter.akm.mcp.transport.TransportSettings;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.ResourcesUpdatedNotification;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** One client's session: its running requests, and the streams that it may come back to. */
final class Session {
  private record Running(Disposable.Swap work, EventStream stream, Cancellation cancellation) {}

  private final McpStreamableServerSession sdk;
  private final String owner;
  private final String revision;
  private final TransportSettings settings;
  private final Interest interest;
  private final LongSupplier nanoTime;
  private final Map<Object, Running> running = new ConcurrentHashMap<>();
  private final Map<String, EventStream> streams = new ConcurrentHashMap<>();
  private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
  private final Set<String> unheard = ConcurrentHashMap.newKeySet();
  private final AtomicLong lastStream = new AtomicLong();
  private volatile String listening;
  private volatile long lastSeen;

  Session(
      McpStreamableServerSession sdk,
      String owner,
      String revision,
      TransportSettings settings,
      Interest interest,
      LongSupplier nanoTime) {
    this.sdk = sdk;
    this.owner = owner;
    this.revision = revision;
    this.settings = settings;
    this.interest = interest;
    this.nanoTime = nanoTime;
    touch();
  }

  String id() {
    return sdk.getId();
  }

  String owner() {
    return owner;
  }

  String revision() {
    return revision;
  }

  /** An id for one more stream. */
  String nextStream() {
    return Long.toString(lastStream.incrementAndGet());
  }

  /** Whether its client understands an event without a message. */
  boolean primed() {
    return revision.compareTo(ProtocolVersions.MCP_2025_11_25) >= 0;
  }

  boolean idle() {
    return running.isEmpty() && streams.values().stream().noneMatch(EventStream::carried);
  }

  long lastSeen() {
    return lastSeen;
  }

  void logFrom(LoggingLevel level) {
    sdk.setMinLoggingLevel(level);
  }

  void touch() {
    lastSeen = nanoTime.getAsLong();
  }

  boolean busy() {
    return running.size() >= settings.maxInFlight();
  }

  /** False if a request of this id is running. */
  boolean run(JSONRPCRequest request, SessionRequest scope, Runnable ended) {
    // The slot comes first: the work may end while it is being started.
    var stream = scope.stream();
    var slot = new Running(Disposables.swap(), stream, scope.cancellation());
    if (running.putIfAbsent(request.id(), slot) != null) {
      return false;
    }
    streams.put(stream.id(), stream);
    stream.whenDone(() -> settle(stream));
    stream.whenAnswered(() -> running.remove(request.id(), slot));
    slot.work.update(
        sdk.responseStream(stream.outlet())
            .handle(request)
            .contextWrite(written -> written.put(McpTransportContext.KEY, scope.carried()))
            .doFinally(
                signal -> {
                  running.remove(request.id(), slot);
                  touch();
                  ended.run();
                })
            .subscribe(nothing -> {}, failed -> stream.close()));
    return true;
  }

  void cancel(Object requestId) {
    var slot = requestId == null ? null : running.get(requestId);
    if (slot != null) {
      slot.stream.cancel();
      slot.work.dispose();
      slot.cancellation.fire();
    }
  }

  Mono<Void> accept(JSONRPCResponse response) {
    return sdk.accept(response);
  }

  /** False if it has too many already. */
  boolean subscribe(String uri) {
    if (subscriptions.contains(uri)) {
      return true;
    }
    if (subscriptions.size() >= settings.maxSubscriptions()) {
      return false;
    }
    if (subscriptions.add(uri)) {
      interest.add(uri);
    }
    return true;
  }

  void unsubscribe(String uri) {
    if (subscriptions.remove(uri)) {
      interest.remove(uri);
    }
    unheard.remove(uri);
  }

  /** Tells the client if it has subscribed; what nobody listens for waits for a listener. */
  Mono<Void> updated(String uri) {
    if (!subscriptions.contains(uri)) {
      return Mono.empty();
    }
    if (!sdk.hasListeningStream()) {
      unheard.add(uri);
      return Mono.empty();
    }
    return notify(
        McpSchema.METHOD_NOTIFICATION_RESOURCES_UPDATED, new ResourcesUpdatedNotification(uri));
  }

  /** Takes the place of an older listening stream. */
  void listen(EventStream stream) {
    var older = listening == null ? null : streams.remove(listening);
    streams.put(stream.id(), stream);
    listening = stream.id();
    sdk.listeningStream(stream.outlet());
    if (older != null) {
      older.close();
    }
    for (var uri : unheard) {
      if (unheard.remove(uri)) {
        updated(uri).onErrorResume(gone -> Mono.empty()).subscribe();
      }
    }
  }

  Optional<EventStream> stream(String id) {
    return Optional.ofNullable(streams.get(id));
  }

  Mono<Void> notify(String method, Object params) {
    return sdk.hasListeningStream() ? sdk.sendNotification(method, params) : Mono.empty();
  }

  /** Beats the heart of open streams, forgets old ones; true if nothing happened for long. */
  boolean sweep() {
    streams.values().forEach(this::sweep);
    return idle() && nanoTime.getAsLong() - lastSeen > settings.sessionIdle().toNanos();
  }

  private void sweep(EventStream stream) {
    if (stream.carried()) {
      stream.heartbeat();
    } else if (nanoTime.getAsLong() - stream.idleSince() > settings.streamKeep().toNanos()
        && (stream.finished() || stream.id().equals(listening))) {
      forget(stream);
    }
  }

  private void settle(EventStream done) {
    if (!done.resumable()) {
      forget(done);
    }
    long kept = streams.values().stream().filter(EventStream::finished).count();
    if (kept > settings.maxKeptStreams()) {
      streams.values().stream()
          .filter(stream -> stream.finished() && !stream.carried())
          .min(Comparator.comparingLong(EventStream::idleSince))
          .ifPresent(this::forget);
    }
  }

  private void forget(EventStream stream) {
    streams.remove(stream.id());
    stream.forget();
    if (stream.id().equals(listening)) {
      listening = null;
      sdk.releaseListeningStream();
    }
  }

  Mono<Void> close() {
    running.keySet().forEach(this::cancel);
    List.copyOf(subscriptions).forEach(this::unsubscribe);
    streams.values().forEach(EventStream::close);
    streams.clear();
    return sdk.delete().onErrorResume(ended -> Mono.empty());
  }
}
