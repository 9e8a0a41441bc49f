package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls.CancelRoute;
import io.commandcenter.akm.contract.RouterCalls.Cancelled;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The requests that run under a name of their caller's choice, for him to cancel. On the router's
 * event loop; a name is forgotten when its request has ended.
 */
final class RunningCalls {
  private record Running(String principal, Stop stop) {}

  private final Map<String, Running> running = new HashMap<>();

  /**
   * Runs a request; without a name it cannot be stopped.
   *
   * @throws Failure CONFLICT if another request runs under its name
   */
  <A> Future<A> run(RouteRequest request, Function<Stop, Future<A>> work) {
    var stop = new Stop();
    var callId = request.callId();
    if (callId == null) {
      return work.apply(stop);
    }
    var fresh =
        new Running(Objects.requireNonNullElse(request.principal(), Asked.NOBODY_NAMED), stop);
    if (running.putIfAbsent(callId, fresh) != null) {
      throw new Failure(
          Code.CONFLICT, "a request runs under this `call_id` already; choose another");
    }
    return Future.succeededFuture()
        .compose(start -> work.apply(stop))
        .onComplete(end -> running.remove(callId));
  }

  /** To others than the one who runs it the request looks as if it were not there. */
  Cancelled cancel(CancelRoute ask) {
    var found = running.get(ask.callId());
    if (found == null || !found.principal().equals(ask.by())) {
      return new Cancelled(false);
    }
    found.stop().give();
    return new Cancelled(true);
  }
}
