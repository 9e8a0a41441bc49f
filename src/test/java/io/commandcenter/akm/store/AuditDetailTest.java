package io.commandcenter.akm.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.store.AuditDetail.Field;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditDetailTest {
  @Test
  void standsInTheOrderOfTheAllowList() {
    var detail = AuditDetail.NONE.with(Field.VERSION, 2).with(Field.PROVIDER, "anthropic");

    assertEquals("provider=anthropic version=2", detail.text());
    assertEquals("provider=anthropic version=2", detail.toString());
  }

  @Test
  void leavesOutWhatIsNotThere() {
    assertEquals("", AuditDetail.NONE.with(Field.ENV_VAR, null).text());
  }

  @Test
  void takesNoFreeText() {
    for (var free : new String[] {"two words", "line\nbreak", "x".repeat(65), "", "a=b"}) {
      assertEquals("label=?", AuditDetail.NONE.with(Field.LABEL, free).text());
    }
  }

  @Test
  void keepsControlCharactersOutOfThePrincipal() {
    var entry =
        AuditEntry.ok(
            Instant.EPOCH,
            "a\nb\u001b" + "x".repeat(200),
            AuditEntry.Action.KEY_ADD,
            "key_1",
            AuditDetail.NONE);

    assertEquals("a?b?" + "x".repeat(124), entry.principal());
  }
}
