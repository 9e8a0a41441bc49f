package io.commandcenter.akm.gateway;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.vertx.core.json.JsonObject;

/** One wire format of the gateway: its requests to neutral ones and back. */
interface Dialect {
  /** The neutral request, or a refusal that names the field. */
  RouteRequest request(JsonObject body, String principal);

  /**
   * @param asked the caller's own body
   */
  JsonObject answer(RouteAnswer answer, JsonObject asked);

  JsonObject error(Failure failure, String requestId);
}
