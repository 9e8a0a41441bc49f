package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.json.JsonObject;

/** Failures as {@code {"type":"error","error":{type,message},"request_id"}}. */
final class AnthropicErrors {
  private AnthropicErrors() {}

  static JsonObject of(Failure failure, String requestId) {
    var error = new JsonObject().put("type", type(failure.code())).put("message", failure.detail());
    return new JsonObject().put("type", "error").put("error", error).put("request_id", requestId);
  }

  private static String type(Code code) {
    return switch (code.httpStatus()) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 503 -> "overloaded_error";
      case 504 -> "timeout_error";
      default -> code.httpStatus() < 500 ? "invalid_request_error" : "api_error";
    };
  }
}
