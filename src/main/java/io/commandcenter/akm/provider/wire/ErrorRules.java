package io.commandcenter.akm.provider.wire;

import static io.commandcenter.akm.core.routing.ErrorClass.BAD_ANSWER;
import static io.commandcenter.akm.core.routing.ErrorClass.BAD_REQUEST;
import static io.commandcenter.akm.core.routing.ErrorClass.CONTENT;
import static io.commandcenter.akm.core.routing.ErrorClass.CONTEXT_OVERFLOW;
import static io.commandcenter.akm.core.routing.ErrorClass.DAILY_QUOTA;
import static io.commandcenter.akm.core.routing.ErrorClass.KEY_INVALID;
import static io.commandcenter.akm.core.routing.ErrorClass.MODEL_GONE;
import static io.commandcenter.akm.core.routing.ErrorClass.NO_CREDIT;
import static io.commandcenter.akm.core.routing.ErrorClass.OVERLOADED;
import static io.commandcenter.akm.core.routing.ErrorClass.PERMISSION;
import static io.commandcenter.akm.core.routing.ErrorClass.RATE_LIMIT;
import static io.commandcenter.akm.core.routing.ErrorClass.SPEND_LIMIT;
import static io.commandcenter.akm.core.routing.ErrorClass.TRANSIENT;

import io.commandcenter.akm.core.routing.ErrorClass;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * The class of an error answer. What stands in the body comes first, because statuses lie: no
 * credit is 400, 402 or 429, a wrong key 400 or 401.
 */
public final class ErrorRules {
  private record Rule(ErrorClass errorClass, Predicate<ErrorAnswer> holds) {}

  private static final List<Rule> BODY =
      List.of(
          new Rule(
              SPEND_LIMIT,
              e ->
                  e.coded(
                          "enforced_spend_limit_reached",
                          "contract_spend_limit_reached",
                          "organization_spend_limit_exceeded",
                          "project_spend_limit_exceeded",
                          "organization_usage_limit_exceeded")
                      || e.says(
                          "specified api usage limits",
                          "workspace api usage limits",
                          "key limit exceeded")),
          new Rule(
              NO_CREDIT,
              e ->
                  e.coded("credit_balance_exhausted", "insufficient_quota", "billing_error")
                      || (e.is(400) && e.coded("FAILED_PRECONDITION"))
                      || e.says("credit balance is too low", "used all available credits")),
          new Rule(DAILY_QUOTA, e -> e.is(429) && e.quota("PerDay")),
          new Rule(PERMISSION, ErrorRules::keyIsAliveThough),
          new Rule(
              KEY_INVALID,
              e ->
                  e.coded(
                          "API_KEY_INVALID",
                          "ACCESS_TOKEN_TYPE_UNSUPPORTED",
                          "SERVICE_DISABLED",
                          "invalid_api_key")
                      || e.says("incorrect api key", "reported as leaked", "your api key is valid")
                      || (e.is(498) && e.says("token"))),
          new Rule(
              CONTEXT_OVERFLOW,
              e ->
                  e.is(400, 413, 422)
                      && (e.coded("context_length_exceeded", "exceed_context_size_error")
                          || overflows(e))),
          new Rule(
              CONTENT,
              e -> e.is(400, 403) && e.coded("content_policy_violation", "content_filter")),
          new Rule(MODEL_GONE, ErrorRules::saysTheModelIsGone));

  private ErrorRules() {}

  public static ErrorClass classOf(ErrorAnswer error, MultiMap headers) {
    for (var rule : BODY) {
      if (rule.holds().test(error)) {
        return rule.errorClass();
      }
    }
    var byStatus = byStatus(error.status());
    // The header overrides the status only where the status would end the request for good.
    return byStatus == BAD_REQUEST && "true".equals(headers.get("x-should-retry"))
        ? TRANSIENT
        : byStatus;
  }

  /** Answers of 401, 403 or 400 that a good key gets too. */
  private static boolean keyIsAliveThough(ErrorAnswer e) {
    return (e.is(401, 403)
            && (e.coded("missing_scope", "ip_not_authorized")
                || e.says(
                    "missing scopes",
                    "insufficient permissions",
                    "member of an organization",
                    "ip not authorized",
                    "cors requests are not allowed")))
        || (e.is(400) && e.coded("organization_on_hold", "cmek_key_disabled"));
  }

  private static boolean overflows(ErrorAnswer e) {
    return e.says(
            "prompt is too long",
            "exceeds the context window",
            "maximum prompt length is",
            "reduce the length of the messages",
            "maximum context length",
            "prompt too long; exceeded max context length",
            "input is too long for requested model",
            "exceeds the available context size")
        || (e.says("input token count") && e.says("exceeds the maximum number of tokens"));
  }

  private static boolean saysTheModelIsGone(ErrorAnswer e) {
    return e.is(400)
        && (e.coded("model_not_found")
            || (e.says("model") && e.says("not exist", "not found", "does not exist")));
  }

  private static ErrorClass byStatus(int status) {
    return switch (status) {
      case 401 -> KEY_INVALID;
      case 402 -> NO_CREDIT;
      case 403 -> PERMISSION;
      case 404 -> MODEL_GONE;
      case 429 -> RATE_LIMIT;
      case 498, 503, 529 -> OVERLOADED;
      case 408, 409, 424, 425 -> TRANSIENT;
      default -> status >= 500 ? TRANSIENT : status >= 400 ? BAD_REQUEST : BAD_ANSWER;
    };
  }
}
