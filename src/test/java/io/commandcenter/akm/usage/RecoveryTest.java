package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that died has left open. */
class RecoveryTest {
  @TempDir Path folder;

  private UsageRoom room(String boot) {
    return Setup.in(folder).budget("50", true).boot(boot).start();
  }

  private void dieWithAnOpenHold() {
    try (var room = room("boot-1")) {
      await(room.hold(room.attempt("a", 1000, 1000)));
      room.spend("settled", 1000, 0);
    }
  }

  @Test
  void settlesAnOpenHoldAtItsMaximum() {
    dieWithAnOpenHold();
    try (var room = room("boot-2")) {
      assertEquals("0.045", room.budget().spentUsd().toPlainString());
      assertEquals("0.00", room.budget().heldUsd().toPlainString());
    }
  }

  @Test
  void marksItAsUnknownAndEstimated() {
    dieWithAnOpenHold();
    try (var room = room("boot-2")) {
      var row =
          await(room.database.read("select * from usage_event where request_id = ?", Tuple.of("a")))
              .iterator()
              .next();
      assertEquals("unknown", row.getString("outcome"));
      assertEquals(1, row.getInteger("estimated"));
      assertEquals(30_000_000, row.getLong("cost_nanos"));
      assertEquals("claude-3-opus", row.getString("model"));
      assertEquals("tok_1", row.getString("principal"));
      Polling.until(() -> room.recorded.size() == 1);
      assertEquals("unknown", room.recorded.peek().outcome());
    }
  }

  @Test
  void chargesALateSettleNothingMore() {
    dieWithAnOpenHold();
    try (var room = room("boot-2")) {
      var late = await(room.settle(room.attempt("a", 1000, 1000), TokenUsage.of(1, 1)));
      assertTrue(late.duplicate());
      assertEquals(30_000_000, late.costNanos());
      assertEquals("0.045", room.budget().spentUsd().toPlainString());
    }
  }

  @Test
  void settlesItOnceOverManyStarts() {
    dieWithAnOpenHold();
    room("boot-2").close();
    try (var room = room("boot-3")) {
      assertEquals("0.045", room.budget().spentUsd().toPlainString());
    }
  }

  @Test
  void chargesTheMonthTheHoldWasTakenIn() {
    dieWithAnOpenHold();
    var december = Setup.in(folder).at("2026-12-03T00:00:00Z").budget("50", true).boot("boot-2");
    try (var room = december.start()) {
      assertEquals("0.00", room.budget().spentUsd().toPlainString());
      room.clock.set("2026-11-30T00:00:00Z");
      assertEquals("0.045", room.budget().spentUsd().toPlainString());
    }
  }
}
