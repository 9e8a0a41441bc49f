package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.commandcenter.akm.contract.UseCalls;
import io.commandcenter.akm.contract.UseCalls.ListUses;
import io.commandcenter.akm.contract.UseCalls.Use;
import io.commandcenter.akm.contract.UseCalls.UsePage;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsesTest {
  @TempDir Path folder;

  private static UsePage uses(UsageRoom room, List<String> keys, Instant since, Long before) {
    return await(room.bus.ask(UseCalls.USES, new ListUses(keys, since, 2, before)));
  }

  @Test
  void listsTheAttemptsOfAKeyNewestFirstInPages() {
    try (var room = Setup.in(folder).budget("9", true).start()) {
      for (int i = 0; i < 5; i++) {
        room.spend("r" + i, 1000, 0);
      }
      var first = uses(room, List.of("key_1", "key_2"), null, null);
      assertEquals(List.of("r4", "r3"), first.rows().stream().map(Use::requestId).toList());
      var second = uses(room, List.of("key_1"), null, first.next());
      assertEquals(List.of("r2", "r1"), second.rows().stream().map(Use::requestId).toList());
      var third = uses(room, List.of("key_1"), null, second.next());
      assertEquals(1, third.rows().size());
      assertNull(third.next());

      var use = first.rows().get(0);
      assertEquals("anthropic/claude-3-opus", use.provider() + "/" + use.model());
      assertEquals("tok_1", use.principal());
      assertEquals("ok", use.outcome());
      assertEquals("0.015", use.costUsd().toPlainString());
    }
  }

  @Test
  void listsNothingOfOtherKeysOrOfOtherTimes() {
    try (var room = Setup.in(folder).budget("9", true).start()) {
      room.spend("r1", 1000, 0);
      assertEquals(0, uses(room, List.of("key_2"), null, null).rows().size());
      var later = room.clock.instant().plusSeconds(1);
      assertEquals(0, uses(room, List.of("key_1"), later, null).rows().size());
      assertEquals(1, uses(room, List.of("key_1"), room.clock.instant(), null).rows().size());
    }
  }
}
