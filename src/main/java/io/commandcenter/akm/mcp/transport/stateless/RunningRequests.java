package io.commandcenter.akm.mcp.transport.stateless;

import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_PARAMS;
import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.METHOD_NOT_FOUND;
import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.RESOURCE_NOT_FOUND;

import io.commandcenter.akm.mcp.transport.Cancellation;
import io.commandcenter.akm.mcp.transport.Errors;
import io.commandcenter.akm.mcp.transport.Wiring;
import io.commandcenter.akm.mcp.transport.feature.Abilities;
import io.commandcenter.akm.mcp.transport.feature.Ask;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Requests from their arrival to their answer; a closed connection gives its request up. */
final class RunningRequests {
  private static final String NO_STATE =
      "requestState was changed, has expired, was used already or is of another request; call again"
          + " without it";
  private static final Duration STATE_LIFE = Duration.ofMinutes(15);

  private final Wiring wiring;
  private final Replying replying;
  private final RequestStates states;
  private final Map<String, Integer> perCaller = new ConcurrentHashMap<>();
  private final Set<Answering> open = ConcurrentHashMap.newKeySet();

  RunningRequests(Wiring wiring, Replying replying) {
    this.wiring = wiring;
    this.replying = replying;
    states = new RequestStates(wiring.mapper(), STATE_LIFE, wiring.clock(), wiring.random());
  }

  void heartbeat() {
    open.forEach(Answering::heartbeat);
  }

  void run(RoutingContext rc, StatelessRequest request, Caller caller) {
    if (!enter(caller)) {
      rc.response().putHeader("Retry-After", "1");
      wiring
          .replies()
          .refuse(
              rc,
              request.id(),
              429,
              Errors.LIMIT_REACHED,
              "Too many requests of this caller are running");
      return;
    }
    var cancellation = new Cancellation();
    var context = wiring.vertx().getOrCreateContext();
    var answering =
        new Answering(context, rc.response(), wiring.settings().stall(), cancellation::fire);
    var upgrade =
        wiring
            .vertx()
            .setTimer(wiring.settings().upgradeToSse().toMillis(), t -> answering.upgrade());
    open.add(answering);
    Runnable ended =
        () -> {
          wiring.vertx().cancelTimer(upgrade);
          open.remove(answering);
          leave(caller);
        };
    round(request, caller, answering, cancellation, ended);
  }

  private void round(
      StatelessRequest request,
      Caller caller,
      Answering answering,
      Cancellation cancellation,
      Runnable ended) {
    JsonObject memory = null;
    if (request.state() != null) {
      var opened = states.open(caller.id(), request);
      if (opened.isEmpty()) {
        ended.run();
        boolean burned = wiring.features().secret(request.state());
        answering.end(
            200,
            replying.error(
                request.id(), INVALID_PARAMS, burned ? "requestState" + Errors.BURNED : NO_STATE));
        return;
      }
      memory = new JsonObject(opened.get());
    }
    var call = new StatelessCall(caller, request, memory, answering, replying, cancellation);
    wiring
        .methods()
        .run(request.method(), request.parameters(), call)
        .eventually(
            () -> {
              ended.run();
              return Future.succeededFuture();
            })
        // Inside the chain: what cannot be written is answered as a fault, instead of never.
        .compose(round -> finish(round, call))
        .onFailure(cause -> fail(cause, call));
  }

  private Future<Void> finish(Round<?> round, StatelessCall call) {
    if (round instanceof Round.NeedsInput<?> needed) {
      needInput(needed, call);
    } else {
      var result = ((Round.Done<?>) round).result();
      call.answering().end(200, replying.complete(call.request(), result));
    }
    return Future.succeededFuture();
  }

  /** Only what the client can do is asked of it; it is not told of the rest. */
  private void needInput(Round.NeedsInput<?> needed, StatelessCall call) {
    var able = new LinkedHashMap<String, Ask>();
    var missing = new LinkedHashMap<String, Object>();
    needed
        .requests()
        .forEach(
            (key, ask) -> {
              if (can(call.client(), ask)) {
                able.put(key, ask);
              } else {
                missing.put(capability(ask), Map.of());
              }
            });
    if (able.isEmpty() && !missing.isEmpty()) {
      var error =
          new JSONRPCError(
              Errors.MISSING_CAPABILITY,
              "The request needs a capability that the client has not declared",
              Map.of("requiredCapabilities", missing));
      call.answering().end(400, replying.error(call.request().id(), error));
      return;
    }
    var memory = needed.memory() == null ? Map.<String, Object>of() : needed.memory().getMap();
    var state = states.sign(call.caller().id(), call.request(), memory);
    call.answering().end(200, replying.inputRequired(call.request(), able, state));
  }

  private static boolean can(Abilities client, Ask ask) {
    if (ask instanceof Ask.Elicit elicit) {
      return elicit.request() instanceof ElicitUrlRequest ? client.links() : client.forms();
    }
    return ask instanceof Ask.Sample ? client.sampling() : client.roots();
  }

  private static String capability(Ask ask) {
    if (ask instanceof Ask.Elicit) {
      return "elicitation";
    }
    return ask instanceof Ask.Sample ? "sampling" : "roots";
  }

  private void fail(Throwable cause, StatelessCall call) {
    var error = Errors.of(cause).getJsonRpcError();
    int status =
        switch (error.code()) {
          case METHOD_NOT_FOUND -> 404;
          case Errors.MISSING_CAPABILITY -> 400;
          default -> 200;
        };
    // This revision has no code of its own for a resource that is not there.
    var told =
        error.code() == RESOURCE_NOT_FOUND
            ? new JSONRPCError(INVALID_PARAMS, error.message(), error.data())
            : error;
    call.answering().end(status, replying.error(call.request().id(), told));
  }

  private boolean enter(Caller caller) {
    int now = perCaller.merge(caller.id(), 1, Integer::sum);
    if (now > wiring.settings().maxCallerInFlight()) {
      subtract(caller);
      return false;
    }
    wiring.drain().enter();
    return true;
  }

  private void leave(Caller caller) {
    subtract(caller);
    wiring.drain().leave();
  }

  private void subtract(Caller caller) {
    perCaller.computeIfPresent(caller.id(), (id, count) -> count > 1 ? count - 1 : null);
  }
}
