package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.BudgetCalls.BudgetView;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.TrackCalls.Track;
import io.commandcenter.akm.contract.TrackCalls.Tracked;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.store.UsageRows.UsageRow;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/** Records requests that were made without this service. */
final class ForeignRequests {
  private final Ledger ledger;
  private final ModelSearch search;
  private final Supplier<Future<BudgetView>> month;
  private final Clock clock;

  /**
   * @param month the budget as it is when all that has ended is written
   */
  ForeignRequests(
      Ledger ledger, ModelSearch search, Supplier<Future<BudgetView>> month, Clock clock) {
    this.ledger = ledger;
    this.search = search;
    this.month = month;
    this.clock = clock;
  }

  Future<Tracked> track(Track track) {
    var row = row(track, clock.instant().minusMillis(track.latencyMs()));
    return ledger
        .record(row)
        .compose(
            kept ->
                month
                    .get()
                    .map(
                        budget ->
                            new Tracked(
                                track.requestId(),
                                track.provider(),
                                track.model(),
                                Usd.ofNanos(kept.costNanos()),
                                kept.duplicate() ? null : row.priceSource(),
                                kept.duplicate(),
                                budget.remainingUsd())));
  }

  private UsageRow row(Track track, Instant startedAt) {
    var usage =
        new TokenUsage(
            track.inputTokens(),
            track.cacheReadTokens(),
            track.cacheWriteTokens(),
            0,
            track.outputTokens(),
            0,
            false);
    if (track.costUsd() != null) {
      search.requireKnown(track.provider());
      return row(track, startedAt, usage, Usd.toNanos(track.costUsd()), "given");
    }
    var price = price(track, startedAt);
    return row(track, startedAt, usage, price.costNanos(usage), price.source());
  }

  private Price price(Track track, Instant startedAt) {
    try {
      return search.price(track.provider(), track.model(), startedAt);
    } catch (Failure refused) {
      throw refused.code() == Code.UNKNOWN_PROVIDER
          ? refused
          : new Failure(refused.code(), refused.detail() + "; or give `cost_usd`");
    }
  }

  private static UsageRow row(
      Track track, Instant startedAt, TokenUsage usage, long costNanos, String priceSource) {
    return new UsageRow(
        attempt(track, startedAt),
        usage,
        track.outcome(),
        null,
        null,
        track.latencyMs(),
        costNanos,
        priceSource,
        true);
  }

  private static Hold attempt(Track track, Instant startedAt) {
    return new Hold(
        // A request id holds no colon: what two callers say can never be the same.
        "ext:" + track.principal() + ":" + track.requestId(),
        1,
        track.task(),
        track.operation(),
        track.provider(),
        track.model(),
        null,
        track.principal(),
        track.inputTokens(),
        track.outputTokens(),
        startedAt,
        track.tags(),
        track.limits());
  }
}
