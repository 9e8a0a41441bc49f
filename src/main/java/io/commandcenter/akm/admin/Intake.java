package io.commandcenter.akm.admin;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.RequestBody;
import io.commandcenter.akm.http.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestUtils;
import io.vertx.openapi.validation.RequestValidator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A request to a checked {@link AdminCall}: bounded, strictly parsed, no key where none may be,
 * nothing the contract does not name, and then the contract's own schemas.
 */
final class Intake {
  private final RequestValidator validator;
  private final ServerConfig.Http limits;
  private final StrictJson json;

  Intake(RequestValidator validator, ServerConfig.Http limits) {
    this.validator = validator;
    this.limits = limits;
    json = new StrictJson(limits.maxJsonDepth());
  }

  Future<AdminCall> take(RoutingContext rc, Operation operation) {
    checkParameters(rc, operation);
    return body(rc, operation)
        .compose(
            body -> {
              refuseKeysAndUnknown(body.json(), operation);
              return validated(rc, operation, body);
            });
  }

  private Future<AdminCall> validated(
      RoutingContext rc, Operation operation, StrictJson.Body body) {
    // The validator would ask a body that is not there for its content type.
    var text = rc.request().getHeader(HttpHeaders.CONTENT_TYPE) == null ? "" : body.json().encode();
    var buffer = Future.succeededFuture(Buffer.buffer(text));
    return buffer
        .compose(given -> RequestUtils.extract(rc.request(), operation, () -> buffer))
        .compose(request -> validator.validate(request, operation.getOperationId()))
        .recover(cause -> Future.failedFuture(Refusals.of(cause, operation)))
        .map(
            request ->
                AdminCall.of(
                    Gate.principal(rc),
                    request,
                    body.secret(),
                    stop -> whenLeft(rc.response(), stop)));
  }

  private static void whenLeft(HttpServerResponse response, Runnable stop) {
    if (response.closed()) {
      stop.run();
    } else {
      response.closeHandler(closed -> stop.run());
    }
  }

  private static void checkParameters(RoutingContext rc, Operation operation) {
    var known = new TreeSet<String>();
    operation.getParameters().forEach(parameter -> known.add(parameter.getName()));
    rc.pathParams().values().forEach(Keys::refuseIn);
    rc.queryParams().forEach(entry -> Keys.refuseIn(entry.getKey(), entry.getValue()));
    var seen = new HashSet<String>();
    for (var entry : rc.queryParams()) {
      if (!known.contains(entry.getKey())) {
        throw Refusals.unknown("query parameter", known);
      }
      if (!seen.add(entry.getKey())) {
        throw Failure.badRequest("`" + entry.getKey() + "` is given twice; send it once");
      }
    }
  }

  private Future<StrictJson.Body> body(RoutingContext rc, Operation operation) {
    var expected = operation.getRequestBody();
    if (expected == null) {
      return RequestBody.read(rc, 0).map(empty -> new StrictJson.Body(new JsonObject(), null));
    }
    return RequestBody.read(rc, limit(operation)).map(text -> parse(rc, operation, text));
  }

  private StrictJson.Body parse(RoutingContext rc, Operation operation, Buffer text) {
    if (text.length() == 0 && !operation.getRequestBody().isRequired()) {
      return new StrictJson.Body(new JsonObject(), null);
    }
    RequestBody.requireType(rc, "application/json");
    if (text.length() == 0) {
      throw Failure.badRequest("the body is empty; send a JSON object");
    }
    var secretName = (String) operation.getOpenAPIModel().getValue("x-akm-secret");
    var body = json.object(text, secretName);
    // An absent member and a null one are the same, but to an operation in which null takes away.
    if (!Boolean.TRUE.equals(operation.getOpenAPIModel().getValue("x-akm-null"))) {
      body.json().getMap().values().removeIf(Objects::isNull);
    }
    return body;
  }

  private static void refuseKeysAndUnknown(JsonObject body, Operation operation) {
    var model = operation.getOpenAPIModel();
    Set<Object> free =
        model.getJsonArray("x-akm-free-text", new JsonArray()).stream().collect(Collectors.toSet());
    for (var member : body) {
      if (!free.contains(member.getKey())) {
        Keys.refuseIn(member.getKey(), member.getValue());
      }
    }
    var known = Refusals.members(operation);
    if (!known.containsAll(body.fieldNames())) {
      throw Refusals.unknown("field", known);
    }
  }

  private int limit(Operation operation) {
    return Boolean.TRUE.equals(operation.getOpenAPIModel().getValue("x-akm-large-body"))
        ? limits.maxGatewayBodyBytes()
        : limits.maxAdminBodyBytes();
  }
}
