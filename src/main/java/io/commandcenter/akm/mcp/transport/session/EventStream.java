package io.commandcenter.akm.mcp.transport.session;

import io.commandcenter.akm.mcp.transport.Carrier;
import io.commandcenter.akm.mcp.transport.JsonRpc;
import io.commandcenter.akm.mcp.transport.TransportSettings;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.LongSupplier;
import reactor.core.publisher.MonoSink;

/**
 * One MCP stream: a request's answer, or what a session listens to.
 *
 * <p>It outlives the connection that carries it: a client that lost its connection comes back with
 * Last-Event-ID. A cursor says what the present connection was given, and one pump moves it on, so
 * replay and live events share a path. A sender's Mono ends when its event was handed to the
 * connection, which is the back-pressure, or at once while there is none. Everything but the
 * volatile fields is touched on one Vert.x context only.
 */
final class EventStream {
  private final String id;
  private final Context context;
  private final Outlet outlet;
  private final TransportSettings settings;
  private final boolean primed;
  private final Object requestId;
  private final LongSupplier nanoTime;
  private final EventLog log;
  private final Senders senders = new Senders();
  private Runnable whenDone = () -> {};
  private volatile Runnable whenAnswered = () -> {};
  private Carrier carrier;
  private long cursor;
  private boolean done;
  private volatile boolean streamed;
  private volatile boolean answerDue;
  private volatile boolean finished;
  private volatile boolean carried;
  private volatile long idleSince;

  /**
   * @param id unique within its session, in which alone it is looked for
   * @param primed whether the client understands an empty first event, as from 2025-11-25
   * @param requestId the request that is answered here; null for a listening stream
   */
  EventStream(
      String id,
      Context context,
      McpJsonMapper mapper,
      TransportSettings settings,
      boolean primed,
      Object requestId,
      LongSupplier nanoTime) {
    this.id = id;
    this.context = context;
    outlet = new Outlet(this, mapper);
    this.settings = settings;
    this.primed = primed;
    this.requestId = requestId;
    answerDue = requestId != null;
    this.nanoTime = nanoTime;
    log = new EventLog(id, settings.maxStreamEvents(), settings.maxStreamBytes(), nanoTime);
    idleSince = nanoTime.getAsLong();
  }

  /** Where the SDK puts its messages. */
  McpStreamableServerTransport outlet() {
    return outlet;
  }

  String id() {
    return id;
  }

  boolean carried() {
    return carried;
  }

  boolean finished() {
    return finished;
  }

  /** A stream whose answer was plain JSON left nothing to come back for. */
  boolean resumable() {
    return streamed;
  }

  long idleSince() {
    return idleSince;
  }

  void whenDone(Runnable action) {
    whenDone = action;
  }

  /** Runs just before the answer goes out: the client may use the request's id again at once. */
  void whenAnswered(Runnable action) {
    whenAnswered = action;
  }

  /** No answer is due any more. */
  void cancel() {
    answerDue = false;
    close();
  }

  /** A connection that wants every event after the one numbered {@code after}. */
  void carry(HttpServerResponse response, long after) {
    context.runOnContext(
        v -> {
          var old = carrier;
          release();
          if (old != null) {
            old.end();
          }
          cursor = Math.min(Math.max(after, 0), log.last());
          attach(response);
          startStream();
          pump();
        });
  }

  /** Breaks the connection; its client may come back for the rest. */
  void disconnect() {
    context.runOnContext(
        v -> {
          beginStream();
          var broken = carrier;
          release();
          if (broken != null) {
            broken.end();
          }
        });
  }

  void upgrade() {
    context.runOnContext(v -> beginStream());
  }

  private void beginStream() {
    if (carrier != null && !carrier.streaming() && !done) {
      startStream();
      pump();
    }
  }

  void heartbeat() {
    context.runOnContext(
        v -> {
          if (carrier != null && carrier.streaming()) {
            carrier.comment("heartbeat");
            log.forget(settings.streamKeep(), cursor);
          }
        });
  }

  /** Frees what could have been replayed; nobody may come back. */
  void forget() {
    context.runOnContext(v -> log.clear());
  }

  /** Alone it is the first connection: a lone answer still goes out as plain JSON. */
  void attach(HttpServerResponse response) {
    carrier = new Carrier(context, response, settings.stall(), this::lost);
    carried = true;
  }

  private void lost(Carrier gone) {
    if (carrier == gone) {
      release();
    }
  }

  private void release() {
    if (carrier != null) {
      carrier.forgetStall();
    }
    carrier = null;
    carried = false;
    idleSince = nanoTime.getAsLong();
    senders.taken(Long.MAX_VALUE);
  }

  private void startStream() {
    if (!carrier.open()) {
      release();
      return;
    }
    carrier.startStream();
    streamed = true;
    if (primed && log.last() == 0) {
      // https://modelcontextprotocol.io/specification/2025-11-25/basic/transports: an id to resume
      // from exists before the first message does.
      log.prime(settings.retry());
    } else {
      carrier.comment("open");
    }
  }

  private void pump() {
    if (carrier == null || !carrier.streaming()) {
      return;
    }
    for (var event : log) {
      if (event.number() > cursor) {
        if (carrier.full(this::pump)) {
          return;
        }
        carrier.write(event.frame());
        cursor = event.number();
      }
    }
    senders.taken(cursor);
    if (done) {
      var last = carrier;
      release();
      last.end();
    }
  }

  private void send(JSONRPCMessage message, String json, MonoSink<Void> sink) {
    boolean unheard = carrier == null && !streamed;
    if (done || unheard) {
      sink.success();
    } else if (message instanceof JSONRPCResponse && !streamed) {
      answerPlainly(json);
      sink.success();
    } else {
      stream(json, sink);
    }
  }

  private void answerPlainly(String json) {
    done = true;
    carrier.answer(200, json);
    release();
  }

  private void stream(String json, MonoSink<Void> sink) {
    if (carrier != null && !carrier.streaming()) {
      startStream();
    }
    log.message(json);
    if (carrier == null) {
      sink.success();
    } else {
      senders.add(log.last(), sink);
    }
    pump();
  }

  private void finish() {
    if (!done && answerDue) {
      // The SDK throws on malformed parameters before its own error handling begins.
      outlet.sendMessage(JsonRpc.invalidParameters(requestId)).subscribe();
      close();
      return;
    }
    done = true;
    finished = true;
    if (carrier != null && !carrier.streaming()) {
      carrier.endWithoutAnswer();
      release();
    }
    pump();
    if (carrier == null) {
      idleSince = nanoTime.getAsLong();
    }
    whenDone.run();
  }

  /**
   * A message of the SDK's. Always queued, never run inline: it keeps the order over all senders.
   */
  void take(JSONRPCMessage message, String json, MonoSink<Void> sink) {
    if (message instanceof JSONRPCResponse) {
      answerDue = false;
      whenAnswered.run();
    }
    context.runOnContext(v -> send(message, json, sink));
  }

  /** Nothing comes any more; {@code then} runs when that is known to the stream. */
  void close(Runnable then) {
    context.runOnContext(
        v -> {
          finish();
          then.run();
        });
  }

  void close() {
    close(() -> {});
  }
}
