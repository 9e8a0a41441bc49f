package io.commandcenter.akm.contract;

import java.time.Instant;
import java.util.List;

/** The health room's calls. */
public final class HealthCalls {
  public static final Call<ShowHealth, HealthView> STATUS =
      Call.cluster(
          "akm.health.status.v1",
          ShowHealth.class,
          HealthView.class,
          "Each provider's health and why.");

  public static final List<Call<?, ?>> ALL = List.of(STATUS);

  private HealthCalls() {}

  public record ShowHealth() {}

  public record HealthView(List<ProviderHealth> providers) {
    public HealthView {
      providers = List.copyOf(providers);
    }
  }

  /**
   * @param state up, down, probing or unknown
   * @param consecutiveFailures of requests, since the last success
   * @param nextProbeAt when a down provider is looked at again; null if up
   */
  public record ProviderHealth(
      String provider,
      String state,
      Instant since,
      int consecutiveFailures,
      String lastError,
      Instant lastSuccessAt,
      Instant nextProbeAt) {}
}
