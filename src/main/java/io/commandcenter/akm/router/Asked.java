package io.commandcenter.akm.router;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.core.grants.Grant;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.Operation;
import io.commandcenter.akm.core.routing.Query;
import io.commandcenter.akm.core.routing.StrategyName;
import io.commandcenter.akm.exchange.ExchangeRequest;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.ProviderRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One request as the router understands it.
 *
 * @param startedAt decides which price holds
 * @param startNanos and deadlineNanos in monotonic time
 */
record Asked(
    String requestId,
    RouteRequest request,
    Query query,
    Instant startedAt,
    long startNanos,
    long deadlineNanos) {

  /** Who asks over the bus without saying so. */
  static final String NOBODY_NAMED = "bus";

  /** The size that a request is taken to have while only the decision is wanted. */
  private static final long NOMINAL_INPUT_TOKENS = 1000;

  /** What refers to something of unknown length may fill the largest window there is. */
  private static final long LARGEST_WINDOW = 1_050_000;

  static Asked of(
      String requestId, RouteRequest request, ServerConfig.Router settings, Times times) {
    long start = times.nanos();
    var limit =
        request.deadlineMs() == null
            ? settings.deadline()
            : Duration.ofMillis(request.deadlineMs());
    return new Asked(
        requestId,
        request.principal() == null ? request.from(NOBODY_NAMED) : request,
        query(request, settings),
        times.instant(),
        start,
        start + limit.toNanos());
  }

  /** A live request; its answer may take long while it streams. */
  static Asked of(
      String requestId, ExchangeRequest exchange, ServerConfig.Router settings, Times times) {
    var terms = exchange.terms();
    long start = times.nanos();
    var limit =
        terms.deadlineMs() != null
            ? Duration.ofMillis(terms.deadlineMs())
            : exchange.streaming() ? settings.streamDeadline() : settings.deadline();
    return new Asked(
        requestId,
        terms,
        query(exchange, settings),
        times.instant(),
        start,
        start + limit.toNanos());
  }

  private static Query query(ExchangeRequest exchange, ServerConfig.Router settings) {
    var terms = exchange.terms();
    var scan = exchange.scan();
    var kind = exchange.format().kind();
    long output =
        scan.maxOutputTokens() == null ? settings.defaultMaxOutputTokens() : scan.maxOutputTokens();
    return new Query(
        kind == WireFormat.Kind.EMBEDDINGS ? Operation.EMBEDDINGS : Operation.CHAT,
        terms.task(),
        terms.provider(),
        terms.model(),
        strategy(terms.strategy()),
        new Query.Size(
            scan.openEnded() ? LARGEST_WINDOW : scan.inputTokens(),
            kind == WireFormat.Kind.CHAT ? Math.max(1, output) : 1,
            terms.maxCostUsd() == null ? null : Usd.toNanos(terms.maxCostUsd())),
        grant(terms));
  }

  private static Query query(RouteRequest request, ServerConfig.Router settings) {
    return new Query(
        operation(request),
        request.task(),
        request.provider(),
        request.model(),
        strategy(request.strategy()),
        new Query.Size(
            request.decisionOnly() ? NOMINAL_INPUT_TOKENS : PromptSize.maxTokens(request),
            request.maxOutputTokens() == null
                ? settings.defaultMaxOutputTokens()
                : request.maxOutputTokens(),
            request.maxCostUsd() == null ? null : Usd.toNanos(request.maxCostUsd())),
        grant(request));
  }

  /** Who asks over the bus without a grant is trusted. */
  static Grant grant(RouteRequest request) {
    return request.grant() == null ? Grant.ALL : request.grant();
  }

  private static Operation operation(RouteRequest request) {
    boolean askedByTask =
        request.decisionOnly() && Operation.EMBEDDINGS.slug().equals(request.task());
    return askedByTask || !request.input().isEmpty() ? Operation.EMBEDDINGS : Operation.CHAT;
  }

  private static StrategyName strategy(String slug) {
    return slug == null
        ? null
        : StrategyName.ofSlug(slug)
            .orElseThrow(
                () -> Failure.badRequest("`strategy` must be priority, cheapest or weighted"));
  }

  Duration timeLeft(Times times) {
    return Duration.ofNanos(Math.max(0, deadlineNanos - times.nanos()));
  }

  boolean late(Times times) {
    return timeLeft(times).isZero();
  }

  ProviderRequest toSend(Candidate candidate) {
    if (query.operation() == Operation.EMBEDDINGS) {
      return new ProviderRequest.Embed(candidate.model(), request.input());
    }
    return new ProviderRequest.Chat(
        candidate.model(),
        request.prompt() == null
            ? request.messages()
            : List.of(new Message("user", request.prompt())),
        (int) candidate.maxOutputTokens(),
        request.temperature(),
        request.stop());
  }
}
