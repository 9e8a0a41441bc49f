package io.commandcenter.akm.cli.bridge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client at the other end of standard input: which of its requests are open, and what it is
 * told. Each request is answered once, or not at all if the client has cancelled it. Used on one
 * event loop only.
 */
final class Client {
  private static final Logger log = LoggerFactory.getLogger(Client.class);

  private final Output out;
  private final Map<String, OpenRequest> open = new LinkedHashMap<>();
  private final Promise<Void> broken = Promise.promise();
  private Promise<Void> idle;

  Client(Output out) {
    this.out = out;
  }

  /** Done when the client takes nothing any more. */
  Future<Void> gone() {
    return broken.future();
  }

  /** False, and nothing is changed, if a request of this id is open. */
  boolean begin(OpenRequest request) {
    return open.putIfAbsent(key(request.id()), request) == null;
  }

  boolean awaits(OpenRequest request) {
    return open.get(key(request.id())) == request;
  }

  Optional<OpenRequest> find(Object id) {
    return Optional.ofNullable(id == null ? null : open.get(key(id)));
  }

  /**
   * Passes on what the service sent, if it is JSON-RPC and, should it be an answer, awaited.
   *
   * @return done when the client has taken it
   */
  Future<Void> receive(String text) {
    JsonObject json;
    try {
      json = new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      log.warn("the service sent something that is no JSON-RPC message; it was dropped");
      return Future.succeededFuture();
    }
    if (!"2.0".equals(json.getValue("jsonrpc"))) {
      log.warn("the service sent something that is no JSON-RPC 2.0 message; it was dropped");
      return Future.succeededFuture();
    }
    if (json.containsKey("method")) {
      return write(text);
    }
    var answered = find(json.getValue("id"));
    if (answered.isEmpty()) {
      log.debug("the service answered a request that is not open; the answer was dropped");
      return Future.succeededFuture();
    }
    forget(answered.get());
    return write(text);
  }

  /** Answers for the service; does nothing if the request has its answer. */
  void fail(OpenRequest request, String error) {
    if (awaits(request)) {
      forget(request);
      write(error);
    }
  }

  /** Fails every open request that fits, and ends its HTTP request. */
  void failAll(Predicate<OpenRequest> which, String message) {
    new ArrayList<>(open.values())
        .stream()
            .filter(which)
            .forEach(
                request -> {
                  fail(request, Replies.error(request.id(), Replies.UNREACHABLE, message));
                  request.abort();
                });
  }

  /** Expects no answer any more, as a client that cancels a request does not. */
  void drop(OpenRequest request) {
    if (awaits(request)) {
      forget(request);
    }
  }

  /** An answer to something that was no open request. */
  Future<Void> say(String text) {
    return write(text);
  }

  /** Ends what would never end, and waits for the rest. */
  Future<Void> settled() {
    new ArrayList<>(open.values())
        .stream()
            .filter(OpenRequest::endless)
            .forEach(
                request -> {
                  drop(request);
                  request.abort();
                });
    if (open.isEmpty()) {
      return Future.succeededFuture();
    }
    idle = Promise.promise();
    return idle.future();
  }

  Future<Void> flushed() {
    return out.flushed();
  }

  private void forget(OpenRequest request) {
    open.remove(key(request.id()));
    request.done();
    if (idle != null && open.isEmpty()) {
      idle.tryComplete();
    }
  }

  private Future<Void> write(String text) {
    return out.write(text).onFailure(cause -> broken.tryComplete());
  }

  /** The id 1 and the id "1" are two. */
  private static String key(Object id) {
    return id instanceof String ? "\"" + id : String.valueOf(id);
  }
}
