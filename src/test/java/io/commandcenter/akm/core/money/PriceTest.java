package io.commandcenter.akm.core.money;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceTest {
  private static final Price TIERED =
      new Price(
          100_000,
          10_000,
          125_000,
          200_000,
          500_000,
          List.of(new Price.Tier(100_000, 500_000, 50_000, 625_000, 1_000_000, 2_500_000)),
          "catalogue");

  private static long rate(String usdPerMtok) {
    return Price.rateOfUsdPerMtok(new BigDecimal(usdPerMtok));
  }

  @Test
  void costsTheOriginalConfigurationsTokensExactly() {
    assertEquals("6.75", usd(Price.flat(rate("15")).costNanos(TokenUsage.of(300_000, 150_000))));
    assertEquals("7.20", usd(Price.flat(rate("30")).costNanos(TokenUsage.of(100_000, 140_000))));
  }

  private static String usd(long nanos) {
    return Usd.ofNanos(nanos).toPlainString();
  }

  @Test
  void costsAPromptWithReasoningLikeTheProvidersBill() {
    var grok =
        new Price(rate("2"), rate("0.5"), rate("2"), rate("2"), rate("6"), List.of(), "catalogue");
    assertEquals(673_000, grok.costNanos(new TokenUsage(26, 6, 0, 0, 103, 90, false)));
  }

  @Test
  void takesTheTierForTheWholeRequestOnceThePromptIsLonger() {
    assertEquals(10_000_000 + 500_000, TIERED.costNanos(TokenUsage.of(100_000, 1000)));
    assertEquals(50_000_500 + 2_500_000, TIERED.costNanos(TokenUsage.of(100_001, 1000)));
  }

  @Test
  void countsCachedTokensForTheTier() {
    var cached = new TokenUsage(1, 100_000, 0, 0, 0, 0, false);
    assertEquals(500 + 5_000_000, TIERED.costNanos(cached));
  }

  @Test
  void roundsOnceHalfUpAndNotEachBucket() {
    var price = new Price(400, 400, 400, 400, 400, List.of(), "configured");
    assertEquals(0, price.costNanos(TokenUsage.of(1, 0)));
    assertEquals(1, price.costNanos(TokenUsage.of(1, 1)));
    assertEquals(2, price.costNanos(new TokenUsage(1, 1, 1, 1, 1, 0, false)));
  }

  @Test
  void boundsTheCostByTheDearestRateOfEveryTierInReach() {
    assertEquals(20_000_000 + 500_000, TIERED.maxCostNanos(100_000, 1000));
    assertEquals(100_001_000 + 2_500_000, TIERED.maxCostNanos(100_001, 1000));
  }

  @Test
  void neverBoundsBelowTheCost() {
    var usage = new TokenUsage(10_000, 50_000, 30_000, 20_000, 700, 0, false);
    long max = TIERED.maxCostNanos(usage.prompt(), usage.output());
    assertEquals(max, Math.max(max, TIERED.costNanos(usage)));
  }

  @Test
  void readsAndWritesDollars() {
    assertEquals("0.15", Price.usdPerMtok(rate("0.15")).toPlainString());
    assertEquals("2.00", Price.usdPerMtok(rate("2")).toPlainString());
    assertEquals(1_500_000_000L, Usd.toNanos(new BigDecimal("1.5")));
    assertEquals("0.009468", Usd.ofNanos(9_468_000).toPlainString());
  }
}
