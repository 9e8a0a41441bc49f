package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures as problem+json (RFC 9457): {@code type, title, status, detail, code, request_id} and
 * the failure's own context.
 */
public final class Problems {
  public static final String CONTENT_TYPE = "application/problem+json";

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  // What vertx-web refuses by a status of its own, in our words.
  private static final Map<Integer, Failure> BY_STATUS =
      Map.of(
          400,
          Failure.badRequest("the path or the query cannot be read; correct its form"),
          404,
          Failure.notFound("no such path; see /api/v1/openapi.yaml for what exists"),
          405,
          new Failure(Code.METHOD_NOT_ALLOWED, "not with this method; use one named in Allow"),
          406,
          Failure.badRequest("nothing acceptable to Accept is served here; accept JSON"),
          413,
          new Failure(Code.TOO_LARGE, "the body is larger than its limit; send less"),
          415,
          new Failure(Code.UNSUPPORTED_MEDIA_TYPE, "send Content-Type: application/json"));

  private Problems() {}

  /** Ends the request with the problem that the cause is; a fault is logged and shown as such. */
  public static void send(RoutingContext rc, Throwable cause) {
    var failure = failureOf(rc, cause);
    Answers.send(
        rc,
        failure.code().httpStatus(),
        CONTENT_TYPE,
        headers(failure),
        document(failure, RequestIds.of(rc)).encode());
  }

  /** Ends the request with what it failed with, by cause or by status. */
  static void sendFailure(RoutingContext rc) {
    send(rc, cause(rc));
  }

  /** What the request failed with, as a failure of ours; a fault of the server is logged. */
  public static Failure failureOf(RoutingContext rc) {
    return failureOf(rc, cause(rc));
  }

  /** The problem document; also the structured content of a failed MCP tool. */
  public static JsonObject document(Failure failure, String requestId) {
    var code = failure.code();
    return new JsonObject(new LinkedHashMap<>(failure.context()))
        .put("type", "urn:akm:error:" + code.slug())
        .put("title", code.meaning())
        .put("status", code.httpStatus())
        .put("detail", failure.detail())
        .put("code", code.slug())
        .put("request_id", requestId);
  }

  /** Retry-After, where the failure says when to come back. */
  public static Map<String, String> headers(Failure failure) {
    if (failure.context().get(Failure.RETRY_AFTER_MS) instanceof Number wait) {
      return Map.of("Retry-After", Long.toString(Math.max(1, (wait.longValue() + 999) / 1000)));
    }
    return Map.of();
  }

  private static Throwable cause(RoutingContext rc) {
    if (rc.failure() != null) {
      return rc.failure();
    }
    return new HttpException(rc.statusCode());
  }

  /** The cause as a failure of ours; a fault of the server is logged under the request id. */
  public static Failure failureOf(RoutingContext rc, Throwable cause) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    if (cause instanceof HttpException web && BY_STATUS.containsKey(web.getStatusCode())) {
      return BY_STATUS.get(web.getStatusCode());
    }
    log.error("a fault while answering request {}", RequestIds.of(rc), cause);
    return new Failure(Code.INTERNAL, "a fault of this server; it is in its log under request_id");
  }
}
