package io.commandcenter.akm.access;

import io.commandcenter.akm.core.grants.Grant;
import io.commandcenter.akm.core.grants.RateLimit;
import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.grants.SpendLimit.Window;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.store.TokenRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What stored limits come to on the request path. */
final class Grants {
  private Grants() {}

  /**
   * @param chain the token first, then its ancestors: their names were narrowed into its own when
   *     it was made, their rates and dollars count beside its own
   */
  static Grant of(List<TokenRow> chain) {
    var own = chain.get(0).limits();
    return new Grant(
        own.tasks(),
        own.models(),
        own.providers(),
        chain.stream()
            .filter(row -> row.limits().requestsPerMinute() != null)
            .map(row -> new RateLimit(row.id(), row.limits().requestsPerMinute()))
            .toList(),
        chain.stream().flatMap(row -> spending(row).stream()).toList());
  }

  /** The token's own dollar limits. */
  static List<SpendLimit> spending(TokenRow row) {
    var limits = new ArrayList<SpendLimit>();
    add(limits, row, Window.TOTAL, row.limits().maxUsd());
    add(limits, row, Window.DAY, row.limits().maxUsdPerDay());
    add(limits, row, Window.MONTH, row.limits().maxUsdPerMonth());
    return limits;
  }

  private static void add(
      List<SpendLimit> limits, TokenRow row, Window window, BigDecimal dollars) {
    if (dollars != null) {
      limits.add(new SpendLimit(row.id(), window, Usd.toNanos(dollars)));
    }
  }
}
