package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.PanicCalls;
import io.commandcenter.akm.contract.TrackCalls;
import io.commandcenter.akm.contract.UseCalls;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import java.math.BigDecimal;
import java.util.List;

/** Canned budgets, limits, freezes and uses. */
final class MoneyFakes {
  private MoneyFakes() {}

  /** A month of which 20.00 is spent and 15.00 held. */
  static BudgetCalls.BudgetView month(String limit, String mode, String source) {
    var amount = limit == null ? null : new BigDecimal(limit);
    var used = new BigDecimal("35.00");
    return new BudgetCalls.BudgetView(
        mode,
        "2026-11",
        amount,
        new BigDecimal("20.00"),
        new BigDecimal("15.00"),
        amount == null ? null : amount.subtract(used).max(BigDecimal.ZERO),
        FakeRooms.NOON,
        source,
        new BigDecimal("60.00"));
  }

  static BudgetCalls.BudgetView set(BudgetCalls.SetBudget asked) {
    return asked.remove() != null
        ? month("50.00", "hard", "file")
        : month(asked.monthlyUsd().toPlainString(), asked.hard() ? "hard" : "warn", "set");
  }

  static TrackCalls.Tracked tracked(TrackCalls.Track asked, boolean fresh) {
    return new TrackCalls.Tracked(
        asked.requestId(),
        asked.provider(),
        asked.model(),
        FakeRooms.COST,
        fresh ? "catalogue" : null,
        !fresh,
        new BigDecimal("14.50"));
  }

  static AccessCalls.TokenBudget limit(String window, String limit, String spent) {
    var left = new BigDecimal(limit).subtract(new BigDecimal(spent));
    return new AccessCalls.TokenBudget(
        window, "2026-11-22", new BigDecimal(limit), new BigDecimal(spent), BigDecimal.ZERO, left);
  }

  static AccessCalls.TokenView token(
      AccessCalls.ShowToken asked, List<AccessCalls.TokenBudget> limits) {
    if (asked.tokenId().equals("tok_other") && asked.within() != null) {
      throw Failure.notFound("no token has this id; list the tokens, then name one");
    }
    var info =
        new AccessCalls.TokenInfo(
            asked.tokenId(),
            "t",
            "client",
            "active",
            FakeRooms.NOON,
            null,
            null,
            null,
            null,
            limits);
    return new AccessCalls.TokenView(info, List.of());
  }

  static PanicCalls.Frozen frozen(PanicCalls.FreezeKeys asked, List<KeyInfo> keys) {
    var scope =
        asked.keyId() != null
            ? "key:" + asked.keyId()
            : asked.provider() != null ? "provider:" + asked.provider() : "all";
    var lease = new PanicCalls.LeaseUse(9, "key_main", FakeRooms.NOON, "tok_9", "ok", "version=1");
    return new PanicCalls.Frozen(
        scope, keys, 1, FakeRooms.NOON, new PanicCalls.LeasePage(List.of(lease), null));
  }

  static UseCalls.UsePage uses() {
    return new UseCalls.UsePage(
        List.of(
            new UseCalls.Use(
                3,
                FakeRooms.NOON,
                "key_main",
                "anthropic",
                "claude",
                null,
                "tok_9",
                "req_1",
                1,
                "ok",
                FakeRooms.COST)),
        null);
  }
}
