package io.commandcenter.akm.config;

import io.commandcenter.akm.core.money.DatedPrice;
import io.commandcenter.akm.core.money.Price;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The dated prices of one model in the price file, with their tiers. */
final class ModelPrices {
  private static final Set<String> PRICE_FIELDS =
      Set.of("from", "input", "output", "cache_read", "cache_write", "cache_write_long", "tiers");
  private static final Set<String> TIER_FIELDS =
      Set.of(
          "above_input_tokens", "input", "output", "cache_read", "cache_write", "cache_write_long");

  private ModelPrices() {}

  static List<DatedPrice> read(PriceFields model) {
    List<DatedPrice> prices = new ArrayList<>();
    for (var json : model.array("prices")) {
      var fields = model.inner(json, "price " + (prices.size() + 1));
      fields.allowOnly(PRICE_FIELDS);
      var from = fields.date("from");
      if (!prices.isEmpty() && !rises(prices.get(prices.size() - 1).from(), from)) {
        fields.fault("`from` must be later than that of the price before");
      }
      prices.add(new DatedPrice(from, price(fields)));
    }
    return prices;
  }

  private static boolean rises(LocalDate before, LocalDate from) {
    return from != null && (before == null || from.isAfter(before));
  }

  private static Price price(PriceFields fields) {
    var rates = rates(0, fields);
    return new Price(
        rates.input(),
        rates.cacheRead(),
        rates.cacheWriteShort(),
        rates.cacheWriteLong(),
        rates.output(),
        tiers(fields),
        "catalogue");
  }

  private static List<Price.Tier> tiers(PriceFields price) {
    List<Price.Tier> tiers = new ArrayList<>();
    long below = 0;
    for (var json : price.array("tiers")) {
      var fields = price.inner(json, "tier " + (tiers.size() + 1));
      fields.allowOnly(TIER_FIELDS);
      var above = fields.positive("above_input_tokens");
      if (above == null || above <= below) {
        fields.fault("`above_input_tokens` must rise from tier to tier");
      }
      below = above == null ? below : above;
      tiers.add(rates(below, fields));
    }
    return tiers;
  }

  /** Where a cache rate is missing the provider charges plain input. */
  private static Price.Tier rates(long above, PriceFields fields) {
    var input = fields.requiredRate("input");
    var write = orElse(fields.rate("cache_write"), input);
    return new Price.Tier(
        above,
        Price.rateOfUsdPerMtok(input),
        Price.rateOfUsdPerMtok(orElse(fields.rate("cache_read"), input)),
        Price.rateOfUsdPerMtok(write),
        Price.rateOfUsdPerMtok(orElse(fields.rate("cache_write_long"), write.max(input))),
        Price.rateOfUsdPerMtok(fields.requiredRate("output")));
  }

  private static BigDecimal orElse(BigDecimal value, BigDecimal other) {
    return value == null ? other : value;
  }
}
