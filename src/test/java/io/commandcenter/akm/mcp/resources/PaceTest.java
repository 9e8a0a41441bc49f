package io.commandcenter.akm.mcp.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PaceTest {
  private long now;
  private final TreeMap<Long, Runnable> timers = new TreeMap<>();
  private final List<String> told = new ArrayList<>();
  private final Set<String> unwanted = new HashSet<>();

  private final Pace pace =
      new Pace(
          new Updates.Subscribers() {
            @Override
            public boolean any() {
              return true;
            }

            @Override
            public boolean want(String uri) {
              return !unwanted.contains(uri);
            }

            @Override
            public void changed(String uri) {
              told.add(now / 1_000_000 + " " + uri);
            }
          },
          () -> now,
          (delay, task) -> {
            assertTrue(timers.isEmpty(), "a second timer");
            timers.put(now + delay * 1_000_000, task);
          });

  private void changed(long ms, String uri) {
    reach(ms);
    pace.changed(uri);
  }

  /** Lets the time pass, and the timers ring when they are due. */
  private void reach(long ms) {
    long then = ms * 1_000_000;
    while (!timers.isEmpty() && timers.firstKey() <= then) {
      var next = timers.pollFirstEntry();
      now = next.getKey();
      next.getValue().run();
    }
    now = Math.max(now, then);
  }

  @Test
  void tellsTheFirstChangeAtOnceAndTheLastOneASecondLater() {
    changed(0, "a");
    changed(100, "a");
    changed(200, "a");
    reach(10_000);
    assertEquals(List.of("0 a", "1001 a"), told);
    assertTrue(timers.isEmpty(), "a timer runs though nothing waits");
  }

  @Test
  void tellsEachResourceAtAPaceOfItsOwn() {
    changed(0, "a");
    changed(500, "b");
    changed(600, "a");
    changed(700, "b");
    reach(10_000);
    assertEquals(List.of("0 a", "500 b", "1001 a", "1501 b"), told);
  }

  @Test
  void startsAnewAfterASecondOfQuiet() {
    changed(0, "a");
    changed(1000, "a");
    reach(10_000);
    assertEquals(List.of("0 a", "1000 a"), told);
  }

  /** Seen failing with both questions left out: what nobody wants was told. */
  @Test
  void leavesOutWhatNobodyWants() {
    changed(0, "b");
    changed(1, "b");
    unwanted.addAll(Set.of("a", "b"));
    changed(2, "a");
    reach(10_000);
    assertEquals(List.of("0 b"), told);
  }

  /** Seen failing with `room` left out: more than the bound was remembered. */
  @Test
  void remembersABoundedNumberAndLosesNothing() {
    changed(0, "a");
    changed(1, "a");
    for (int i = 0; i < Pace.KEPT; i++) {
      changed(2, "uri" + i);
    }
    assertEquals("2 a", told.get(told.size() - 2));
    reach(10_000);
    assertEquals(1 + Pace.KEPT + 1, told.size());
  }

  /** At any sequence of changes: at most one a second, and none after the last is missing. */
  @Test
  void holdsItsPromisesForAnySequence() {
    var random = new Random(7);
    var lastChange = new TreeMap<String, Long>();
    long ms = 0;
    for (int i = 0; i < 20_000; i++) {
      ms += random.nextInt(300);
      var uri = "u" + random.nextInt(20);
      changed(ms, uri);
      lastChange.put(uri, ms);
    }
    reach(ms + 10_000);

    var before = new TreeMap<String, Long>();
    for (var line : told) {
      var parts = line.split(" ");
      long at = Long.parseLong(parts[0]);
      var previous = before.put(parts[1], at);
      assertTrue(previous == null || at - previous >= 1000, line);
    }
    lastChange.forEach((uri, at) -> assertTrue(before.get(uri) >= at, uri));
  }
}
