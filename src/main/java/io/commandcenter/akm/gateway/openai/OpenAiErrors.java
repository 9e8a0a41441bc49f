package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonObject;

/** Failures as {@code {"error":{message,type,param,code}}}. */
final class OpenAiErrors {
  private OpenAiErrors() {}

  static JsonObject of(Failure failure, String requestId) {
    var error =
        new JsonObject()
            .put("message", failure.detail() + " (request " + requestId + ")")
            .put("type", type(failure.code()))
            .put("param", param(failure))
            .put("code", failure.code().slug());
    return new JsonObject().put("error", error);
  }

  private static Object param(Failure failure) {
    return failure.code() == Code.UNKNOWN_MODEL ? "model" : failure.context().get(Fields.PARAM);
  }

  private static String type(Code code) {
    return switch (code.httpStatus()) {
      case 401 -> "authentication_error";
      case 402 -> "insufficient_quota";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> code.httpStatus() < 500 ? "invalid_request_error" : "server_error";
    };
  }
}
