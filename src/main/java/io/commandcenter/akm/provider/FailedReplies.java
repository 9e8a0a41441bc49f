package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply.Failed;
import io.commandcenter.akm.provider.wire.ErrorAnswer;
import io.commandcenter.akm.provider.wire.ErrorRules;
import io.commandcenter.akm.provider.wire.RetryHints;
import io.commandcenter.akm.provider.wire.Said;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;

/** Error answers as replies, in our own words: a provider's text may repeat a prompt or a key. */
public final class FailedReplies {
  /** A window longer than this is a daily quota, whatever its name. */
  private static final Duration LONG_WINDOW = Duration.ofHours(1);

  private FailedReplies() {}

  public static Failed of(int status, MultiMap headers, Buffer body, Instant now) {
    var error = ErrorAnswer.of(status, headers, body);
    var errorClass = ErrorRules.classOf(error, headers);
    var failed = classed(status, errorClass, error, headers, now);
    return Said.of(errorClass, body).map(failed::saying).orElse(failed);
  }

  private static Failed classed(
      int status, ErrorClass errorClass, ErrorAnswer error, MultiMap headers, Instant now) {
    return switch (errorClass) {
      case SPEND_LIMIT -> parked(status, errorClass, RetryHints.spendLimitEnds(error, now));
      case DAILY_QUOTA -> parked(status, errorClass, RetryHints.googleDayEnds(now));
      case RATE_LIMIT -> {
        var window = RetryHints.spentWindow(headers, now);
        yield window.isPresent() && window.get().compareTo(LONG_WINDOW) > 0
            ? parked(status, ErrorClass.DAILY_QUOTA, now.plus(window.get()))
            : waiting(status, errorClass, headers, error, now);
      }
      default -> waiting(status, errorClass, headers, error, now);
    };
  }

  public static Failed badAnswer(int status) {
    return without(status, ErrorClass.BAD_ANSWER);
  }

  public static Failed without(int status, ErrorClass errorClass) {
    return without(status, errorClass, sentence(errorClass, status));
  }

  public static Failed without(int status, ErrorClass errorClass, String detail) {
    return new Failed(status, errorClass, detail, null, null, TokenUsage.NONE);
  }

  private static Failed parked(int status, ErrorClass errorClass, Instant until) {
    return new Failed(
        status, errorClass, sentence(errorClass, status), null, until, TokenUsage.NONE);
  }

  private static Failed waiting(
      int status, ErrorClass errorClass, MultiMap headers, ErrorAnswer error, Instant now) {
    var wait = RetryHints.retryAfter(headers, error, now).orElse(null);
    return new Failed(
        status, errorClass, sentence(errorClass, status), wait, null, TokenUsage.NONE);
  }

  private static String sentence(ErrorClass errorClass, int status) {
    var text =
        switch (errorClass) {
          case KEY_INVALID -> "The provider refuses this key; rotate it";
          case NO_CREDIT -> "The provider account has no credit; top it up or settle its bill";
          case SPEND_LIMIT -> "The provider account's own spend limit is reached; raise it or wait";
          case DAILY_QUOTA -> "The provider's daily quota is used up; wait for its next day";
          case RATE_LIMIT -> "The provider's rate limit is reached; wait and ask again";
          case OVERLOADED -> "The provider is overloaded; ask again shortly";
          case TRANSIENT -> "The provider failed; ask again shortly";
          case PERMISSION ->
              "The key may not do this at the provider; check its rights, region and project";
          case MODEL_GONE ->
              "The provider does not know this model at this endpoint; use a listed model";
          case CONTEXT_OVERFLOW ->
              "The prompt is longer than this model's window; shorten it or use a larger model";
          case BAD_REQUEST -> "The provider refuses the request as malformed; check its parameters";
          case CONTENT -> "The provider's content rules refuse the request; change its text";
          case BAD_ANSWER ->
              status >= 300 && status < 400
                  ? "The provider answered with a redirect, which is never followed; check its endpoint"
                  : "The provider's answer cannot be read; check its endpoint and protocol";
          case TIMEOUT -> "The provider did not answer in time; allow more time or ask again";
        };
    return text + (status > 0 ? " (HTTP " + status + ")." : ".");
  }
}
