package io.commandcenter.akm.access;

import io.commandcenter.akm.contract.AccessCalls.ListTokens;
import io.commandcenter.akm.contract.AccessCalls.ShowToken;
import io.commandcenter.akm.contract.AccessCalls.TokenBudget;
import io.commandcenter.akm.contract.AccessCalls.TokenInfo;
import io.commandcenter.akm.contract.AccessCalls.TokenList;
import io.commandcenter.akm.contract.AccessCalls.TokenView;
import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.store.TokenBudgets;
import io.commandcenter.akm.store.TokenRow;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tokens as people see them, with what is spent of their limits; never the tokens themselves. */
final class TokenViews {
  /** How long a token that has ended is still shown. */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private final Desk desk;
  private final TokenBudgets budgets;

  TokenViews(Desk desk, TokenBudgets budgets) {
    this.desk = desk;
    this.budgets = budgets;
  }

  Future<TokenList> list(ListTokens ask) {
    return desk.store()
        .list(ask.within(), desk.now().minus(REMEMBERED))
        .compose(this::infos)
        .map(TokenList::new);
  }

  Future<TokenView> show(ShowToken ask) {
    return desk.reach(ask.tokenId(), ask.within())
        .compose(
            chain ->
                desk.store()
                    .children(ask.tokenId(), desk.now().minus(REMEMBERED))
                    .compose(
                        children ->
                            infos(
                                Stream.concat(Stream.of(chain.get(0)), children.stream())
                                    .toList())))
        .map(infos -> new TokenView(infos.get(0), infos.subList(1, infos.size())));
  }

  Future<TokenInfo> info(TokenRow row) {
    return infos(List.of(row)).map(infos -> infos.get(0));
  }

  private Future<List<TokenInfo>> infos(List<TokenRow> rows) {
    var now = desk.now();
    var limits = rows.stream().flatMap(row -> Grants.spending(row).stream()).toList();
    return budgets
        .of(limits, now)
        .map(spent -> rows.stream().map(row -> info(row, spent, now)).toList());
  }

  private static TokenInfo info(TokenRow row, Map<PeriodKey, Budget> spent, Instant now) {
    return new TokenInfo(
        row.id(),
        row.name(),
        row.scope().slug(),
        Desk.state(row, now),
        row.createdAt(),
        row.expiresAt(),
        row.lastUsedAt(),
        AdminToken.shownId(row.parentId()),
        row.limits(),
        Grants.spending(row).stream().map(limit -> budget(limit, spent, now)).toList());
  }

  private static TokenBudget budget(SpendLimit limit, Map<PeriodKey, Budget> spent, Instant now) {
    var period = limit.period(now);
    var found =
        spent.getOrDefault(
            new PeriodKey(limit.budget(), period), new Budget(limit.limitNanos(), 0, 0));
    return new TokenBudget(
        limit.window(),
        period,
        Usd.ofNanos(limit.limitNanos()),
        Usd.ofNanos(found.settled()),
        Usd.ofNanos(found.held()),
        Usd.ofNanos(found.remaining()));
  }
}
