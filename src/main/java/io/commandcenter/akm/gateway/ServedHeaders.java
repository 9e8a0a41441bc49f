package io.commandcenter.akm.gateway;

import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.exchange.Served;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Who answered, as {@code x-akm-} headers, and the provider's rate limits as it told them. */
final class ServedHeaders {
  private static final CharSequence PROVIDER = HttpHeaders.createOptimized("x-akm-provider");
  private static final CharSequence MODEL = HttpHeaders.createOptimized("x-akm-model");
  private static final CharSequence ATTEMPTS = HttpHeaders.createOptimized("x-akm-attempts");
  private static final CharSequence DECISION = HttpHeaders.createOptimized("x-akm-decision");
  private static final CharSequence COST = HttpHeaders.createOptimized("x-akm-cost-usd");

  private ServedHeaders() {}

  static void set(HttpServerResponse response, Served by) {
    response
        .putHeader(PROVIDER, by.provider())
        .putHeader(MODEL, by.model())
        .putHeader(ATTEMPTS, Integer.toString(by.attempts()))
        .putHeader(DECISION, by.decisionId());
    if (by.costNanos() != null) {
      response.putHeader(COST, Usd.ofNanos(by.costNanos()).toPlainString());
    }
    if (by.headers() != null) {
      passOn(by.headers(), response.headers());
    }
  }

  private static void passOn(MultiMap from, MultiMap to) {
    for (var header : from) {
      if (isRateLimit(header.getKey())) {
        to.set(header.getKey(), header.getValue());
      }
    }
  }

  private static boolean isRateLimit(String name) {
    return begins(name, "x-ratelimit-")
        || begins(name, "anthropic-ratelimit-")
        || begins(name, "retry-after");
  }

  private static boolean begins(String name, String start) {
    return name.regionMatches(true, 0, start, 0, start.length());
  }
}
