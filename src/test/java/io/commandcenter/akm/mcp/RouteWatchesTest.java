package io.commandcenter.akm.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.contract.Facts.RouteProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteWatchesTest {
  private final RouteWatches watches = new RouteWatches(2);

  private static RouteProgress fact(String callId) {
    return new RouteProgress(callId, "trying", "openai", "gpt", 1, 2, "x", Instant.EPOCH);
  }

  @Test
  void tellsEachOnlyOfItsOwnRequest() {
    var heard = new ArrayList<String>();
    var over = watches.watch("a", fact -> heard.add("a:" + fact.callId()));
    watches.watch("b", fact -> heard.add("b:" + fact.callId()));
    watches.heard(fact("a"));
    watches.heard(fact("b"));
    watches.heard(fact("c"));
    over.run();
    watches.heard(fact("a"));
    assertEquals(List.of("a:a", "b:b"), heard);
  }

  /** Seen failing with the bound removed. */
  @Test
  void keepsNoMoreThanItsBound() {
    for (var name : List.of("a", "b", "c")) {
      watches.watch(name, fact -> {});
    }
    assertEquals(2, watches.size());
  }
}
