package io.commandcenter.akm.contract;

import java.util.List;
import java.util.stream.Stream;

/** Every address of the bus; docs/bus.md is compared with it. */
public final class Catalogue {
  public static final List<Call<?, ?>> CALLS =
      Stream.of(
              VaultCalls.ALL,
              LeaseCalls.ALL,
              SealCalls.ALL,
              KeyCalls.ALL,
              PanicCalls.ALL,
              DecoyCalls.ALL,
              NoticeCalls.ALL,
              EntryCalls.ALL,
              RotationCalls.ALL,
              ShareCalls.ALL,
              AuditCalls.ALL,
              BackupCalls.ALL,
              AccessCalls.ALL,
              RouterCalls.ALL,
              UsageCalls.ALL,
              BudgetCalls.ALL,
              TrackCalls.ALL,
              StatsCalls.ALL,
              UseCalls.ALL,
              HealthCalls.ALL,
              ReadyCalls.ALL)
          .<Call<?, ?>>flatMap(List::stream)
          .toList();
  public static final List<Fact<?>> FACTS = Facts.ALL;

  private Catalogue() {}
}
