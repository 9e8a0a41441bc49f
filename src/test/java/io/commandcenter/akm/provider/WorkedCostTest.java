package io.commandcenter.akm.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The providers' price formulas, worked by hand on recorded answers. */
class WorkedCostTest {
  @Test
  void anthropicCountsCacheBesideTheInput() {
    assertEquals(9_468_000, costNanos("anthropic/chat_cached", "2", "0.1", "2.5", "4", "10"));
  }

  @Test
  void openAiCountsCacheWithinTheInput() {
    assertEquals(4_359_000, costNanos("openai/chat_cached", "1", "0.05", "1.25", "2", "5"));
  }

  @Test
  void googleCountsThoughtsBesideTheOutput() {
    assertEquals(3_625_500, costNanos("gemini/chat_cached", "0.75", "0.075", "0", "0", "3.75"));
  }

  @Test
  void xaiCountsReasoningBesideTheCompletion() {
    assertEquals(673_000, costNanos("xai/chat", "2", "0.5", "0", "0", "6"));
  }

  private static long costNanos(String fixture, String... usdPerMtok) {
    var rates =
        List.of(usdPerMtok).stream()
            .map(usd -> Price.rateOfUsdPerMtok(new BigDecimal(usd)))
            .toList();
    var price =
        new Price(
            rates.get(0),
            rates.get(1),
            rates.get(2),
            rates.get(3),
            rates.get(4),
            List.of(),
            "test");
    return price.costNanos(((Answered) Fixture.named(fixture).decode()).usage());
  }
}
