package io.commandcenter.akm.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.wire.ErrorAnswer;
import io.commandcenter.akm.provider.wire.ErrorRules;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorRulesTest {
  private static ErrorClass classOf(int status, String body) {
    return ErrorRules.classOf(
        ErrorAnswer.of(status, Buffer.buffer(body)), MultiMap.caseInsensitiveMultiMap());
  }

  private static String message(String text) {
    return new JsonObject().put("error", new JsonObject().put("message", text)).encode();
  }

  @ParameterizedTest
  @CsvSource({
    "300, BAD_ANSWER", "307, BAD_ANSWER", "400, BAD_REQUEST", "401, KEY_INVALID", "402, NO_CREDIT",
    "403, PERMISSION", "404, MODEL_GONE", "405, BAD_REQUEST", "408, TRANSIENT", "409, TRANSIENT",
    "413, BAD_REQUEST", "422, BAD_REQUEST", "425, TRANSIENT", "429, RATE_LIMIT", "498, OVERLOADED",
    "500, TRANSIENT", "502, TRANSIENT", "503, OVERLOADED", "504, TRANSIENT", "522, TRANSIENT",
    "529, OVERLOADED"
  })
  void fallsBackToTheStatus(int status, ErrorClass expected) {
    assertEquals(expected, classOf(status, "<html></html>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|Your credit balance is too low to access the Anthropic API.|NO_CREDIT",
        "403|Your team has either used all available credits or reached its limit|NO_CREDIT",
        "400|You have reached your workspace API usage limits.|SPEND_LIMIT",
        "402|Key limit exceeded (total limit).|SPEND_LIMIT",
        "400|Incorrect API key provided: xa***. You can obtain one|KEY_INVALID",
        "498|invalid token|KEY_INVALID",
        "401|You must be a member of an organization to use the API.|PERMISSION",
        "401|CORS requests are not allowed for this Organization|PERMISSION",
        "403|Missing scopes: api.model.read|PERMISSION",
        "400|Model Not Exist|MODEL_GONE",
        "400|This model's maximum prompt length is 131072|CONTEXT_OVERFLOW",
        "413|Please reduce the length of the messages or completion|CONTEXT_OVERFLOW",
        "400|This model's maximum context length is 8192 tokens.|CONTEXT_OVERFLOW",
        "400|too large for model with 32768 maximum context length|CONTEXT_OVERFLOW",
        "400|prompt too long; exceeded max context length by 7 tokens|CONTEXT_OVERFLOW",
        "400|Input is too long for requested model.|CONTEXT_OVERFLOW",
        "400|the request exceeds the available context size|CONTEXT_OVERFLOW"
      })
  void readsTheTextWhereNothingElseTells(int status, String text, ErrorClass expected) {
    assertEquals(expected, classOf(status, message(text)));
    assertEquals(expected, classOf(status, new JsonObject().put("error", text).encode()));
  }

  @ParameterizedTest
  @CsvSource({
    "429, credit_balance_exhausted, NO_CREDIT",
    "429, organization_spend_limit_exceeded, SPEND_LIMIT",
    "429, project_spend_limit_exceeded, SPEND_LIMIT",
    "429, slow_down, RATE_LIMIT",
    "400, content_policy_violation, CONTENT",
    "403, model_not_found, PERMISSION",
    "400, exceed_context_size_error, CONTEXT_OVERFLOW"
  })
  void readsTheCodeBeforeTheStatus(int status, String code, ErrorClass expected) {
    var body = new JsonObject().put("error", new JsonObject().put("code", code)).encode();
    assertEquals(expected, classOf(status, body));
  }

  @ParameterizedTest
  @CsvSource({"enforced_spend_limit_reached", "contract_spend_limit_reached"})
  void parksAnAnthropicMonthlyCapUntilTheFirst(String code) {
    var error =
        new JsonObject()
            .put("type", "rate_limit_error")
            .put("details", new JsonObject().put("error_code", code));
    var failed = failed(429, new JsonObject().put("error", error).encode(), "2026-12-31T23:59:59Z");
    assertEquals(ErrorClass.SPEND_LIMIT, failed.errorClass());
    assertEquals(Instant.parse("2027-01-01T00:00:00Z"), failed.parkedUntil());
  }

  /** The body's short delay would have the key asked all day. */
  @Test
  void parksAGoogleDailyQuotaUntilMidnightInCalifornia() {
    var body =
        """
        {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "details": [
          {"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},
          {"retryDelay": "26s"}]}}
        """;
    var failed = failed(429, body, "2026-11-22T10:00:00Z");
    assertEquals(ErrorClass.DAILY_QUOTA, failed.errorClass());
    assertEquals(Instant.parse("2026-11-23T08:00:00Z"), failed.parkedUntil());
    assertNull(failed.retryAfter());
    // The clocks go back on 2026-11-01: that day has 25 hours.
    var longDay = failed(429, body, "2026-11-01T07:30:00Z");
    assertEquals(Instant.parse("2026-11-02T08:00:00Z"), longDay.parkedUntil());
  }

  @Test
  void parksAWindowOfHoursLikeADailyQuota() {
    var headers =
        MultiMap.caseInsensitiveMultiMap()
            .set("x-ratelimit-remaining-requests", "0")
            .set("x-ratelimit-reset-requests", "7h12m0s")
            .set("retry-after", "5");
    var failed = FailedReplies.of(429, headers, Buffer.buffer("{}"), Fixture.NOW);
    assertEquals(ErrorClass.DAILY_QUOTA, failed.errorClass());
    assertEquals(Instant.parse("2026-11-22T17:12:00Z"), failed.parkedUntil());
  }

  @Test
  void ignoresASpendLimitsDateThatMakesNoSense() {
    for (var date : new String[] {"2020-01-01", "2099-01-01", "2026-13-45"}) {
      var body =
          message(
              "You have reached your specified API usage limits. You will regain access on "
                  + date);
      assertEquals(
          Instant.parse("2026-12-01T00:00:00Z"),
          failed(400, body, "2026-11-22T10:00:00Z").parkedUntil());
    }
  }

  @Test
  void letsTheProviderSayThatARefusalIsPassing() {
    var error = ErrorAnswer.of(400, Buffer.buffer("{}"));
    var headers = MultiMap.caseInsensitiveMultiMap().set("x-should-retry", "true");
    assertEquals(ErrorClass.TRANSIENT, ErrorRules.classOf(error, headers));
  }

  @Test
  void namesARedirectInItsDetail() {
    var failed =
        FailedReplies.of(302, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(), Fixture.NOW);
    assertEquals(
        "The provider answered with a redirect, which is never followed; check its endpoint (HTTP 302).",
        failed.detail());
  }

  private static ProviderReply.Failed failed(int status, String body, String now) {
    return FailedReplies.of(
        status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body), Instant.parse(now));
  }
}
