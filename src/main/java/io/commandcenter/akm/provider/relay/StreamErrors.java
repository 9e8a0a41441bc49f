package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.provider.FailedReplies;
import io.commandcenter.akm.provider.ProviderReply.Failed;
import io.commandcenter.akm.provider.wire.Fields;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.Map;

/** Errors told inside a stream whose status was 200, classed as if they had come with their own. */
public final class StreamErrors {
  private static final Map<String, Integer> STATUS =
      Map.ofEntries(
          Map.entry("overloaded_error", 529),
          Map.entry("rate_limit_error", 429),
          Map.entry("rate_limit_exceeded", 429),
          Map.entry("authentication_error", 401),
          Map.entry("permission_error", 403),
          Map.entry("billing_error", 402),
          Map.entry("not_found_error", 404),
          Map.entry("invalid_request_error", 400),
          Map.entry("request_too_large", 413),
          Map.entry("timeout_error", 504),
          Map.entry("server_is_overloaded", 503),
          Map.entry("service_unavailable_error", 503),
          Map.entry("insufficient_quota", 429));

  private StreamErrors() {}

  /**
   * @param event with an {@code error} member, or itself the error
   */
  public static Failed of(Fields event, MultiMap headers, Instant now) {
    var error = errorOf(event);
    return FailedReplies.of(status(error), headers, error.json().toBuffer(), now);
  }

  private static Fields errorOf(Fields event) {
    var inResponse = event.at("response").at("error");
    if (!inResponse.json().isEmpty()) {
      return inResponse;
    }
    return event.at("error").json().isEmpty() ? event : event.at("error");
  }

  private static int status(Fields error) {
    int code = Math.max(error.integer("code"), error.integer("status"));
    if (code >= 400 && code < 600) {
      return code;
    }
    var byType = STATUS.get(String.valueOf(error.text("type")));
    var byCode = STATUS.get(String.valueOf(error.text("code")));
    return byType != null ? byType : byCode != null ? byCode : 500;
  }
}
