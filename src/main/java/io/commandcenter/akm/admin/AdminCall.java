package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.core.crypto.Secret;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One call of an operation, checked against the contract.
 *
 * @param body empty if there is none
 * @param secret what stood in the operation's secret member, or null
 * @param leaving runs what it is given if the caller leaves before the answer
 */
record AdminCall(
    Principal by,
    Map<String, RequestParameter> path,
    Map<String, RequestParameter> query,
    JsonObject body,
    Secret secret,
    Consumer<Runnable> leaving) {

  static AdminCall of(
      Principal by, ValidatedRequest request, Secret secret, Consumer<Runnable> leaving) {
    var body = request.getBody();
    var json = body == null || body.isNull() ? new JsonObject() : body.getJsonObject();
    return new AdminCall(
        by, request.getPathParameters(), request.getQuery(), json, secret, leaving);
  }

  String inPath(String name) {
    return path.get(name).getString();
  }

  /** Null if absent. */
  String inQuery(String name) {
    return query.get(name).getString();
  }

  /** Null if absent. */
  Long number(String name) {
    return query.get(name).getLong();
  }

  /** Null if absent. */
  Integer whole(String name) {
    var number = number(name);
    return number == null ? null : Math.toIntExact(number);
  }

  /** Null if absent. */
  Instant time(String name) {
    var text = inQuery(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Failure.badRequest("`" + name + "` is no time; send it like 2026-11-22T10:00:00Z");
    }
  }

  /** Null if absent. */
  LocalDate day(String name) {
    var text = inQuery(name);
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw Failure.badRequest("`" + name + "` is no day of the calendar; send YYYY-MM-DD");
    }
  }
}
