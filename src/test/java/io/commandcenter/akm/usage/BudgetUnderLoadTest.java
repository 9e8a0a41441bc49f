package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.UsageCalls.Held;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise of a hard budget: settled + held never pass the limit, whatever runs at once. */
class BudgetUnderLoadTest {
  private static final int ROUNDS = 20;
  private static final int THREADS = 20;
  private static final int HOLDS_A_THREAD = 10;
  private static final BigDecimal LIMIT = new BigDecimal("0.10");

  @TempDir Path folder;

  private record Asked(Hold attempt, Future<Held> held) {}

  @Test
  void neverSpendsMoreThanAHardBudgetHas() throws Exception {
    var threads = Executors.newFixedThreadPool(THREADS);
    try (var room = Setup.in(folder).budget(LIMIT.toPlainString(), true).start()) {
      for (int round = 0; round < ROUNDS; round++) {
        var month = YearMonth.of(2027, 1).plusMonths(round);
        room.clock.set(month.atDay(2).atStartOfDay(ZoneOffset.UTC).toInstant());
        playRound(room, threads, round);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** 200 holds of 0.003 USD ask for six times the budget; 33 fit, and settle at a third. */
  private static void playRound(UsageRoom room, ExecutorService threads, int round)
      throws Exception {
    var asked = askAtOnce(room, threads, "first-" + round);
    var taken = taken(asked);
    assertWithinLimit(room);
    assertEquals(33, taken.size());
    List<Future<?>> settles = new ArrayList<>();
    for (var hold : taken) {
      settles.add(room.settle(hold, TokenUsage.of(50, 16)));
    }
    var second = askAtOnce(room, threads, "second-" + round);
    await(Future.all(settles));
    taken(second);
    assertWithinLimit(room);
  }

  private static List<Asked> askAtOnce(UsageRoom room, ExecutorService threads, String name)
      throws Exception {
    var barrier = new CyclicBarrier(THREADS);
    List<java.util.concurrent.Future<List<Asked>>> results = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      var prefix = name + "-" + t + "-";
      results.add(
          threads.submit(
              () -> {
                barrier.await();
                List<Asked> asked = new ArrayList<>();
                for (int i = 0; i < HOLDS_A_THREAD; i++) {
                  var attempt = room.attempt(prefix + i, 100, 100);
                  asked.add(new Asked(attempt, room.hold(attempt)));
                }
                return asked;
              }));
    }
    List<Asked> all = new ArrayList<>();
    for (var result : results) {
      all.addAll(result.get());
    }
    return all;
  }

  /** Those that got their hold; every other one was refused for the budget. */
  private static List<Hold> taken(List<Asked> asked) {
    List<Hold> taken = new ArrayList<>();
    for (var one : asked) {
      await(one.held().transform(done -> Future.succeededFuture()));
      if (one.held().succeeded()) {
        taken.add(one.attempt());
      } else {
        assertEquals(Code.BUDGET_EXCEEDED, ((Failure) one.held().cause()).code());
      }
    }
    return taken;
  }

  private static void assertWithinLimit(UsageRoom room) {
    var budget = room.budget();
    var claimed = budget.spentUsd().add(budget.heldUsd());
    assertTrue(claimed.compareTo(LIMIT) <= 0, () -> claimed + " of " + LIMIT);
  }
}
