package io.commandcenter.akm.core.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {
  @Test
  void leavesWhatIsNeitherSpentNorHeld() {
    assertEquals(25, new Budget(100L, 60, 15).remaining());
  }

  @Test
  void neverLeavesLessThanNothing() {
    assertEquals(0, new Budget(100L, 120, 0).remaining());
  }

  @Test
  void hasNoRemainderAndNoThresholdWithoutALimit() {
    var none = new Budget(null, 1_000, 0);
    assertNull(none.remaining());
    assertEquals(List.of(), none.reached());
    assertEquals(List.of(), none.crossedBy(1_000));
  }

  @Test
  void crossesAThresholdWithTheCostThatReachesIt() {
    assertEquals(List.of(), new Budget(100L, 79, 0).crossedBy(79));
    assertEquals(List.of(80), new Budget(100L, 80, 0).crossedBy(1));
    assertEquals(List.of(), new Budget(100L, 81, 0).crossedBy(1));
    assertEquals(List.of(100), new Budget(100L, 100, 0).crossedBy(19));
    assertEquals(List.of(80, 100), new Budget(100L, 150, 0).crossedBy(150));
  }

  @Test
  void doesNotCountWhatIsHeld() {
    assertEquals(List.of(), new Budget(100L, 79, 21).reached());
  }

  @Test
  void roundsAThresholdUp() {
    assertEquals(List.of(), new Budget(101L, 80, 0).reached());
    assertEquals(List.of(80), new Budget(101L, 81, 0).reached());
  }

  @Test
  void standsTheLargestLimit() {
    assertEquals(List.of(), new Budget(Long.MAX_VALUE, 5, 0).reached());
    assertEquals(
        List.of(80, 100), new Budget(Long.MAX_VALUE, Long.MAX_VALUE, 0).crossedBy(Long.MAX_VALUE));
  }

  @Test
  void anEmptyBudgetIsReachedByTheFirstCost() {
    assertEquals(List.of(), new Budget(0L, 0, 0).reached());
    assertEquals(List.of(80, 100), new Budget(0L, 1, 0).crossedBy(1));
  }

  @Test
  void aPeriodIsTheMonthInUtc() {
    var last = BudgetPeriod.of(Instant.parse("2026-12-31T23:59:59.999Z"));
    assertEquals("2026-12", last.id());
    assertEquals(Instant.parse("2027-01-01T00:00:00Z"), last.resetsAt());
    assertEquals("2027-01", BudgetPeriod.of(last.resetsAt()).id());
  }
}
