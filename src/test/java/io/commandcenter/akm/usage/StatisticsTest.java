package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static io.commandcenter.akm.testkit.TestVertx.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.StatsCalls;
import io.commandcenter.akm.contract.StatsCalls.ShowStats;
import io.commandcenter.akm.contract.StatsCalls.StatsRow;
import io.commandcenter.akm.contract.StatsCalls.StatsView;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.contract.UsageCalls.Settle;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.store.UsageSamples;
import io.commandcenter.akm.store.UsageTotals;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the providers did, from the attempts that were recorded. */
class StatisticsTest {
  private static final String OPUS = "claude-3-opus";

  @TempDir Path folder;
  private UsageRoom room;
  private int names;

  @BeforeEach
  void start() {
    room = Setup.in(folder).at("2026-11-22T12:00:00Z").start();
  }

  @AfterEach
  void stop() {
    room.close();
  }

  private Hold attempt(String task, String provider, String model) {
    return new Hold(
        "req_" + names++,
        1,
        task,
        "chat",
        provider,
        model,
        "key_1",
        "tok_1",
        1000,
        1000,
        room.clock.instant(),
        Map.of());
  }

  private Future<?> settle(Hold attempt, String outcome, long latencyMs) {
    var usage = outcome.equals("ok") ? TokenUsage.of(600, 400) : TokenUsage.NONE;
    return room.bus.ask(
        UsageCalls.SETTLE, new Settle("hold", attempt, usage, outcome, 200, null, latencyMs));
  }

  private void use(String task, String provider, String model, String outcome, long... latencies) {
    await(
        Future.all(
            IntStream.range(0, latencies.length)
                .mapToObj(i -> settle(attempt(task, provider, model), outcome, latencies[i]))
                .toList()));
  }

  private static long[] upTo(int last) {
    return IntStream.rangeClosed(1, last).mapToLong(i -> i * 10L).toArray();
  }

  private StatsView stats(String provider, String model, String window, String by) {
    return await(room.bus.ask(StatsCalls.STATS, new ShowStats(provider, model, window, by)));
  }

  @Test
  void countsWhatCameOfTheAttempts() {
    use("chat", "anthropic", OPUS, "ok", upTo(100));
    use("chat", "anthropic", OPUS, "timeout", 60_000, 60_000);
    use("chat", "anthropic", OPUS, "rate-limit", 5);
    use("chat", "anthropic", OPUS, "cancelled", 1);
    var row = stats("anthropic", null, null, null).rows().get(0);
    assertEquals(104, row.requests());
    assertEquals(100, row.ok());
    assertEquals(1, row.cancelled());
    assertEquals(Map.of("timeout", 2L, "rate-limit", 1L), row.errors());
    assertEquals(0.9709, row.successRate());
    assertEquals(500, row.p50Ms());
    assertEquals(950, row.p95Ms());
    assertEquals(60_000, row.inputTokens());
    assertEquals(100_000, row.totalTokens());
    assertEquals(new BigDecimal("1.50"), row.costUsd());
    assertEquals(new BigDecimal("0.015"), row.costPer1kTokensUsd());
    assertFalse(row.newestOnly());
  }

  @Test
  void showsEveryProviderThoseWithTheMostAttemptsFirst() {
    use("chat", "openai", "gpt-4", "ok", 10, 20);
    use("chat", "local", "mistral", "ok", 10);
    var view = stats(null, null, null, null);
    assertEquals(
        List.of("openai", "local", "anthropic", "google"),
        view.rows().stream().map(StatsRow::provider).toList());
    assertEquals("24h", view.window());
    var unused = view.rows().get(2);
    assertEquals(0, unused.requests());
    assertNull(unused.successRate());
    assertNull(unused.p50Ms());
    assertNull(unused.costPer1kTokensUsd());
  }

  @Test
  void tellsModelsAndTasksApart() {
    use("chat", "openai", "gpt-4", "ok", 10, 20);
    use("analysis", "openai", "gpt-4", "ok", 10);
    use("chat", "openai", "house-model", "ok", 10);
    assertEquals(
        List.of("gpt-4 null 3", "house-model null 1"), names(stats("openai", null, "1h", "model")));
    assertEquals(
        List.of("gpt-4 chat 2", "gpt-4 analysis 1", "house-model chat 1"),
        names(stats("openai", null, "1h", "task")));
    assertEquals(List.of("house-model null 1"), names(stats("openai", "house-model", "1h", null)));
  }

  private static List<String> names(StatsView view) {
    return view.rows().stream()
        .map(row -> row.model() + " " + row.task() + " " + row.requests())
        .toList();
  }

  /** Seen failing with the begin of the window not looked at. */
  @Test
  void looksNoFurtherBackThanItsWindow() {
    use("chat", "openai", "gpt-4", "ok", 10);
    room.clock.set("2026-11-22T13:30:00Z");
    use("chat", "openai", "gpt-4", "ok", 10);
    assertEquals(1, stats("openai", null, "1h", null).rows().get(0).requests());
    assertEquals(2, stats("openai", null, "24h", null).rows().get(0).requests());
    room.clock.set("2026-11-30T13:30:00Z");
    assertEquals(0, stats("openai", null, "7d", null).rows().get(0).requests());
    assertEquals(2, stats("openai", null, "30d", null).rows().get(0).requests());
  }

  /** Seen failing with the limit taken out of the query. */
  @Test
  void looksAtNoMoreThanTheNewest() {
    use("chat", "openai", "gpt-4", "timeout", 10, 10, 10);
    room.clock.set("2026-11-22T12:30:00Z");
    use("chat", "openai", "gpt-4", "ok", 10, 20);
    stats(null, null, null, null);
    var some =
        new Statistics(
            new UsageSamples(room.database),
            new UsageTotals(room.database),
            List.of("openai"),
            room.clock,
            2);
    var row = await(some.show(new ShowStats(null, null, null, null))).rows().get(0);
    assertEquals(2, row.ok());
    assertEquals(2, row.requests());
    assertTrue(row.newestOnly());
    assertEquals(room.clock.instant(), row.since());
  }

  /** Seen failing without the index: the whole table was read. */
  @Test
  void anIndexServesIt() {
    var plan =
        await(
            room.database.read(
                "explain query plan select latency_ms from usage_event where provider = ?1 and"
                    + " started_ms >= ?2 order by started_ms desc limit ?3",
                Tuple.of("openai", 0, 10)));
    var words = plan.iterator().next().getString("detail");
    assertTrue(words.contains("usage_event_provider (provider=? AND started_ms>?)"), words);
    assertEquals(1, plan.size(), "nothing is sorted besides");
  }

  @Test
  void refusesWhatIsNotThere() {
    var unknown =
        failure(
            room.bus.ask(StatsCalls.STATS, new ShowStats("nobody", null, null, null)),
            Failure.class);
    assertEquals(Code.UNKNOWN_PROVIDER, unknown.code());
    assertTrue(unknown.detail().contains("anthropic"));
    for (var wrong : List.of("2h", "", "1H")) {
      var refusal = assertThrows(Failure.class, () -> new ShowStats(null, null, wrong, null));
      assertEquals(Code.BAD_REQUEST, refusal.code());
    }
  }
}
