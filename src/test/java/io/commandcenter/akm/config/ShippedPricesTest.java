package io.commandcenter.akm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.money.ModelCatalogue;
import io.commandcenter.akm.core.money.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The price file as it is shipped, checked against bills worked out by hand. */
class ShippedPricesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final ModelCatalogue MODELS = new ModelCatalogue(PriceFile.parse(file()));

  private static String file() {
    try {
      return Files.readString(Path.of("conf/prices.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long cost(String vendor, String model, Instant at, TokenUsage usage) {
    return MODELS.find(vendor, model).orElseThrow().priceAt(at).orElseThrow().costNanos(usage);
  }

  /** 34 in, 18,000 read from and 1,200 + 500 written to the cache, 260 out. */
  @Test
  void costsACachedAnthropicChat() {
    var usage = new TokenUsage(34, 18_000, 1_200, 500, 260, 0, false);
    assertEquals(9_468_000, cost("anthropic", "claude-sonnet-5-5", NOW, usage));
  }

  @Test
  void costsTheSameChatByTheOldCachePriceTheDayBefore() {
    var usage = new TokenUsage(34, 18_000, 1_200, 500, 260, 0, false);
    var dayBefore = Instant.parse("2026-10-06T23:59:59Z");
    assertEquals(11_268_000, cost("anthropic", "claude-sonnet-5-5", dayBefore, usage));
  }

  @Test
  void costsACachedOpenaiChat() {
    var usage = new TokenUsage(34, 18_000, 1_700, 0, 260, 0, false);
    assertEquals(4_359_000, cost("openai", "gpt-6.1-terra", NOW, usage));
  }

  @Test
  void costsACachedGeminiChatToTheHalfMicroDollar() {
    var usage = new TokenUsage(1_734, 18_000, 0, 0, 260, 0, false);
    assertEquals(3_625_500, cost("gemini", "gemini-3.8-flash", NOW, usage));
  }

  @Test
  void doublesGeminiFlashOnNewYear() {
    var usage = TokenUsage.of(1000, 1000);
    assertEquals(4_500_000, cost("gemini", "gemini-3.8-flash", NOW, usage));
    assertEquals(
        9_000_000,
        cost("gemini", "gemini-3.8-flash", Instant.parse("2027-01-01T00:00:00Z"), usage));
  }

  @Test
  void costsALongHaikuPromptFiveTimes() {
    assertEquals(
        10_500_000, cost("anthropic", "claude-haiku-5-5", NOW, TokenUsage.of(100_000, 1000)));
    assertEquals(
        52_500_500, cost("anthropic", "claude-haiku-5-5", NOW, TokenUsage.of(100_001, 1000)));
  }

  @Test
  void costsALongOpenaiPromptByItsTier() {
    assertEquals(
        544_000_000 + 10_000_000, cost("openai", "gpt-6.1-sol", NOW, TokenUsage.of(272_000, 1000)));
    assertEquals(
        1_088_004_000L + 15_000_000,
        cost("openai", "gpt-6.1-sol", NOW, TokenUsage.of(272_001, 1000)));
  }

  @Test
  void ollamaIsFree() {
    assertEquals(0, cost("ollama", "gpt-oss:20b", NOW, TokenUsage.of(1_000_000, 1_000_000)));
  }

  @Test
  void namesTheReplacementOfWhatTheOriginalConfigurationUsed() {
    var old = MODELS.factsOf("openai", "gpt-4").orElseThrow();
    assertTrue(old.retiredOn(LocalDate.parse("2026-11-22")));
    assertEquals("gpt-6-luna", old.replacement());
  }
}
