package io.commandcenter.akm.gateway;

import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;

/** Which provider and model answered. */
record Served(String provider, String model) {
  /** The last attempt: a failed one is followed by another, or the request fails. */
  static Served by(RouteAnswer answer) {
    var last = answer.attempts().get(answer.attempts().size() - 1);
    return new Served(last.provider(), last.model());
  }
}
