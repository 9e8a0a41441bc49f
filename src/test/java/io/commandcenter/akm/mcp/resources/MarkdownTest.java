package io.commandcenter.akm.mcp.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {
  @Test
  void laysOutATitleATableAndAParagraph() {
    var cells = new Object[] {"openai", 1234567L, new BigDecimal("0.5"), null};
    assertEquals(
        """
        # Usage

        | provider | tokens | cost | expires |
        | --- | ---: | ---: | --- |
        | openai | 1,234,567 | $0.50 | – |

        All.
        """,
        new Markdown("Usage")
            .table("provider,>tokens,>cost,expires", Stream.<Object[]>of(cells))
            .say("All.")
            .render());
  }

  /** Seen failing with the escapes left out: the cell ended its row. */
  @Test
  void keepsACellInItsPlace() {
    var cells = new Object[] {"a|b\nc\r\n| d \\| e\u2028f"};
    assertEquals(
        "# T\n\n| x |\n| --- |\n| a\\|b c \\| d \\\\\\| e f |\n",
        new Markdown("T").table("x", Stream.<Object[]>of(cells)).render());
  }

  @ParameterizedTest
  @CsvSource({"0, $0.00", "7.2, $7.20", "1234.5, $1234.50", "0.0001234567, $0.000123", ", –"})
  void showsMoneyInDollars(BigDecimal amount, String shown) {
    assertEquals(shown, Markdown.usd(amount));
  }

  @Test
  void showsTimesInUtc() {
    assertEquals(
        "2026-11-22 12:00:00 UTC", Markdown.utc(Instant.parse("2026-11-22T12:00:00.123Z")));
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 0", "5, 10, 10", "20, 10, 20", "1, 0, 20"})
  void drawsABar(BigDecimal part, BigDecimal whole, int full) {
    assertEquals("█".repeat(full) + "░".repeat(20 - full), Markdown.bar(part, whole));
  }
}
