package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;

/** Failures as {@code {"error":{code,message,status,details}}}. */
public final class GoogleErrors {
  private static final String TYPE = "type.googleapis.com/google.rpc.";

  private GoogleErrors() {}

  /** The body of an error answer. */
  public static Buffer of(Failure failure, String requestId) {
    return json(failure, requestId).toBuffer();
  }

  static JsonObject json(Failure failure, String requestId) {
    var status = failure.code().httpStatus();
    var error =
        new JsonObject()
            .put("code", status)
            .put("message", failure.detail() + " (request " + requestId + ")")
            .put("status", status(status));
    var details = details(failure);
    if (!details.isEmpty()) {
      error.put("details", details);
    }
    return new JsonObject().put("error", error);
  }

  private static String status(int http) {
    return switch (http) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404, 410 -> "NOT_FOUND";
      case 405 -> "UNIMPLEMENTED";
      case 409 -> "ABORTED";
      case 402, 429 -> "RESOURCE_EXHAUSTED";
      case 500 -> "INTERNAL";
      case 499 -> "CANCELLED";
      case 502, 503 -> "UNAVAILABLE";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> "INVALID_ARGUMENT";
    };
  }

  /** Clients read how long to wait from RetryInfo; there is no such header at Google. */
  private static JsonArray details(Failure failure) {
    var details = new JsonArray();
    if (failure.context().get(Failure.RETRY_AFTER_MS) instanceof Number wait) {
      var seconds = BigDecimal.valueOf(wait.longValue(), 3).stripTrailingZeros().toPlainString();
      details.add(
          new JsonObject().put("@type", TYPE + "RetryInfo").put("retryDelay", seconds + "s"));
    }
    if (failure.context().get(Fields.PARAM) instanceof String field) {
      var violation = new JsonObject().put("field", field).put("description", failure.detail());
      details.add(
          new JsonObject()
              .put("@type", TYPE + "BadRequest")
              .put("fieldViolations", new JsonArray().add(violation)));
    }
    return details;
  }
}
