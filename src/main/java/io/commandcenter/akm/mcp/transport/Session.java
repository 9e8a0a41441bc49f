package io.commandcenter.akm.mcp.transport;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** One client's session: its running requests, and the streams that it may come back to. */
final class Session {
  private record Running(Disposable.Swap work, EventStream stream) {}

  private final McpStreamableServerSession sdk;
  private final String owner;
  private final boolean primed;
  private final TransportSettings settings;
  private final LongSupplier nanoTime;
  private final Map<Object, Running> running = new ConcurrentHashMap<>();
  private final Map<String, EventStream> streams = new ConcurrentHashMap<>();
  private volatile String listening;
  private volatile long lastSeen;

  Session(
      McpStreamableServerSession sdk,
      String owner,
      boolean primed,
      TransportSettings settings,
      LongSupplier nanoTime) {
    this.sdk = sdk;
    this.owner = owner;
    this.primed = primed;
    this.settings = settings;
    this.nanoTime = nanoTime;
    touch();
  }

  String id() {
    return sdk.getId();
  }

  String owner() {
    return owner;
  }

  boolean primed() {
    return primed;
  }

  void touch() {
    lastSeen = nanoTime.getAsLong();
  }

  boolean busy() {
    return running.size() >= settings.maxInFlight();
  }

  /** False if a request of this id is running. */
  boolean run(
      JSONRPCRequest request, EventStream stream, McpTransportContext context, Runnable ended) {
    // The slot comes first: the work may end while it is being started.
    var slot = new Running(Disposables.swap(), stream);
    if (running.putIfAbsent(request.id(), slot) != null) {
      return false;
    }
    streams.put(stream.id(), stream);
    stream.whenDone(() -> settle(stream));
    slot.work.update(
        sdk.responseStream(stream)
            .handle(request)
            .contextWrite(written -> written.put(McpTransportContext.KEY, context))
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
    }
  }

  Mono<Void> accept(JSONRPCResponse response, McpTransportContext context) {
    return sdk.accept(response)
        .contextWrite(written -> written.put(McpTransportContext.KEY, context));
  }

  /** Takes the place of an older listening stream. */
  void listen(EventStream stream) {
    var older = listening == null ? null : streams.remove(listening);
    streams.put(stream.id(), stream);
    listening = stream.id();
    sdk.listeningStream(stream);
    if (older != null) {
      older.close();
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
    boolean open = streams.values().stream().anyMatch(EventStream::carried);
    return running.isEmpty()
        && !open
        && nanoTime.getAsLong() - lastSeen > settings.sessionIdle().toNanos();
  }

  private void sweep(EventStream stream) {
    if (stream.carried()) {
      stream.heartbeat();
    } else if (stream.idleFor(settings.streamKeep())
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
    streams.values().forEach(EventStream::close);
    streams.clear();
    return sdk.delete().onErrorResume(ended -> Mono.empty());
  }
}
