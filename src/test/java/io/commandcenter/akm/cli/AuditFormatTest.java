package io.commandcenter.akm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditFormatTest {
  private static JsonObject row(String principal) {
    return new JsonObject()
        .put("seq", 7)
        .put("at", "2026-11-22T10:00:00Z")
        .put("principal", principal);
  }

  @Test
  void quotesAsRfc4180Says() {
    assertEquals(
        "7,2026-11-22T10:00:00Z,\"a \"\"b\"\", c\",,,,\r\n",
        AuditFormat.CSV.row(row("a \"b\", c")));
    assertEquals("seq,at,principal,action,subject,outcome,detail\r\n", AuditFormat.CSV.head());
  }

  /** Seen failing with the apostrophe left out. */
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
  void givesASpreadsheetNoFormula(String text) {
    assertEquals("7,2026-11-22T10:00:00Z,'" + text + ",,,,\r\n", AuditFormat.CSV.row(row(text)));
  }

  @Test
  void writesAnObjectALine() {
    assertEquals(row("x").encode() + "\n", AuditFormat.JSONL.row(row("x")));
    assertEquals("", AuditFormat.JSONL.head());
  }
}
