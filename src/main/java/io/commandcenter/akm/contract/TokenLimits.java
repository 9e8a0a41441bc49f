package io.commandcenter.akm.contract;

import io.commandcenter.akm.core.grants.ModelPattern;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a token may do beyond its scope.
 *
 * @param tasks allowed ones, at most 64; empty for all, here and below
 * @param models {@code model} or {@code provider/model}, either with a trailing {@code *}; at most
 *     64
 * @param requestsPerMinute 1 to 1,000,000 routed requests, its descendants' included; null for no
 *     limit
 * @param maxUsd in its whole life, its descendants' spending included; null for no limit
 * @param maxUsdPerDay in a UTC day
 * @param maxUsdPerMonth in a UTC month
 */
public record TokenLimits(
    List<String> tasks,
    List<String> models,
    List<String> providers,
    Integer requestsPerMinute,
    BigDecimal maxUsd,
    BigDecimal maxUsdPerDay,
    BigDecimal maxUsdPerMonth) {
  public static final TokenLimits NONE = new TokenLimits(null, null, null, null, null, null, null);

  private static final int MOST = 64;
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000);

  public TokenLimits {
    tasks = names(tasks, "tasks");
    providers = names(providers, "providers");
    models = Checks.list(models, "models", MOST);
    if (!models.stream().allMatch(ModelPattern::wellFormed)) {
      throw Failure.badRequest(
          "`models` must hold names, provider/model, or either with a trailing *");
    }
    if (requestsPerMinute != null) {
      Checks.range(requestsPerMinute, "requests_per_minute", 1, 1_000_000);
    }
    dollars(maxUsd, "max_usd");
    dollars(maxUsdPerDay, "max_usd_per_day");
    dollars(maxUsdPerMonth, "max_usd_per_month");
  }

  private static List<String> names(List<String> list, String field) {
    var names = Checks.list(list, field, MOST);
    names.forEach(name -> Checks.name(name, field));
    return names;
  }

  private static void dollars(BigDecimal value, String field) {
    // The scale first: comparing 1E-1000000000 would spell it out.
    if (value != null
        && (value.scale() > 9
            || value.scale() < -9
            || value.signum() <= 0
            || value.compareTo(LARGEST) > 0)) {
      throw Failure.badRequest(
          "`" + field + "` must be above 0, at most 1000000, with at most nine decimals");
    }
  }
}
