package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static io.commandcenter.akm.testkit.TestVertx.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Estimate;
import io.commandcenter.akm.contract.UsageCalls.EstimateView;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstimateTest {
  @TempDir static Path folder;
  private static UsageRoom room;

  @BeforeAll
  static void start() {
    room = Setup.in(folder).cap(null).start();
  }

  @AfterAll
  static void stop() {
    room.close();
  }

  private static EstimateView ofTokens(String provider, String model) {
    return estimate(new Estimate(provider, model, 1000L, 1000L, null));
  }

  private static EstimateView ofText(String model, String text) {
    return estimate(new Estimate(null, model, null, null, text));
  }

  private static EstimateView estimate(Estimate ask) {
    return await(room.bus.ask(UsageCalls.ESTIMATE, ask));
  }

  private static Failure refusal(String provider, String model) {
    var ask = new Estimate(provider, model, 1L, 1L, null);
    return failure(room.bus.ask(UsageCalls.ESTIMATE, ask), Failure.class);
  }

  private static String notes(EstimateView view) {
    return String.join("; ", view.notes());
  }

  @Test
  void pricesGivenTokens() {
    var view = ofTokens("google", "gemini-3.8-flash");
    assertEquals("0.0045", view.costUsd().toPlainString());
    assertEquals("0.75", view.inputUsdPerMtok().toPlainString());
    assertEquals("3.75", view.outputUsdPerMtok().toPlainString());
    assertEquals("given catalogue", view.method() + " " + view.priceSource());
    assertEquals(1000, view.outputTokens());
  }

  @Test
  void readsTheProviderInFrontOfTheModel() {
    var view = ofTokens(null, "google/gemini-3.8-flash");
    assertEquals("google gemini-3.8-flash", view.provider() + " " + view.model());
  }

  @Test
  void findsTheConfiguredProviderOfAModel() {
    assertEquals("google", ofTokens(null, "gemini-3.8-flash").provider());
    assertEquals("openai", ofTokens(null, "house-model").provider());
    assertEquals("local", ofTokens(null, "mistral").provider());
  }

  @Test
  void prefersAConfiguredPrice() {
    var view = ofTokens(null, "claude-sonnet-5-5");
    assertEquals("anthropic", view.provider());
    assertEquals("0.03", view.costUsd().toPlainString());
    assertEquals("configured", view.priceSource());
  }

  @Test
  void takesThePriceFilesVendorAsAProvider() {
    assertEquals("0.0045", ofTokens("gemini", "gemini-3.8-flash").costUsd().toPlainString());
    assertEquals("ollama", ofTokens(null, "ollama/phi4").provider());
  }

  @Test
  void namesTheReplacementOfARetiredModel() {
    var notes = notes(ofTokens(null, "claude-3-opus"));
    assertTrue(notes.contains("this model is retired; use claude-opus-5-5"), notes);
  }

  @Test
  void namesTheDayAModelEnds() {
    var notes = notes(ofTokens(null, "gemini-2.5-pro"));
    assertTrue(notes.contains("ends on 2026-12-01; use gemini-3.8-flash"), notes);
  }

  @Test
  void saysThatALongPromptIsDearer() {
    var ask = new Estimate("google", "gemini-2.5-pro", 200_001L, 0L, null);
    assertEquals("0.5000025", estimate(ask).costUsd().toPlainString());
    assertTrue(notes(estimate(ask)).contains("dearer rates"));
  }

  @Test
  void refusesAnUnknownModelWithTheNearestNames() {
    var refusal = refusal(null, "gemini-3.8-flush");
    assertEquals(Code.UNKNOWN_MODEL, refusal.code());
    assertTrue(refusal.detail().contains("gemini-3.8-flash"), refusal.detail());
    assertEquals(Code.UNKNOWN_MODEL, refusal("google", "claude-3-opus").code());
    assertEquals(Code.UNKNOWN_MODEL, refusal("gemini", "nothing").code());
  }

  @Test
  void refusesAnUnknownProvider() {
    var refusal = refusal("nobody", "gpt-4");
    assertEquals(Code.UNKNOWN_PROVIDER, refusal.code());
    assertTrue(refusal.detail().contains("anthropic"), refusal.detail());
  }

  @Test
  void refusesAModelWithoutAPrice() {
    assertEquals(Code.BAD_REQUEST, refusal(null, "unpriced").code());
  }

  @Test
  void saysThatTheCapIsAssumed(@TempDir Path another) {
    try (var capped = Setup.in(another).cap(Price.flat(99_000_000)).start()) {
      var ask = new Estimate(null, "unpriced", 1000L, 0L, null);
      var view = await(capped.bus.ask(UsageCalls.ESTIMATE, ask));
      assertEquals("0.099", view.costUsd().toPlainString());
      assertTrue(notes(view).contains("the configured cap is assumed"));
    }
  }

  @Test
  void countsTextByTheModelsTokenizer() {
    var view = ofText("gpt-6.1-sol", "hello world");
    assertEquals(2, view.inputTokens());
    assertEquals("tokenizer", view.method());
    assertEquals(2, ofText("gpt-4", "hello world").inputTokens());
    assertEquals(2, ofText("text-embedding-3-small", "hello world").inputTokens());
  }

  /** The two encodings differ on this text; gpt-4.1 is not gpt-4. */
  @Test
  void doesNotTakeANewModelForAnOldOne() {
    var text = "Привет, как дела сегодня?";
    assertEquals(ofText("gpt-6.1-sol", text).inputTokens(), ofText("gpt-4.1", text).inputTokens());
    assertTrue(ofText("gpt-4", text).inputTokens() > ofText("gpt-4.1", text).inputTokens());
  }

  @Test
  void countsSpecialTokensAsText() {
    assertTrue(ofText("gpt-4", "<|endoftext|>").inputTokens() > 1);
  }

  @Test
  void addsATenthWhereTheTokenizerIsAStandIn() {
    var view = ofText("house-model", "hello world ".repeat(10));
    assertEquals(24, view.inputTokens());
    assertTrue(notes(view).contains("stand in"));
  }

  @Test
  void countsCharactersForTheOthers() {
    assertEquals(25, ofText("gemini-3.8-flash", "x".repeat(100)).inputTokens());
    assertEquals(29, ofText("claude-3-opus", "x".repeat(100)).inputTokens());
    assertEquals(29, ofText("claude-opus-4-20250514", "x".repeat(100)).inputTokens());
    assertEquals(29, ofText("claude-haiku-4-5", "x".repeat(100)).inputTokens());
    assertEquals(38, ofText("claude-opus-4-8", "x".repeat(100)).inputTokens());
    assertEquals(38, ofText("claude-sonnet-5-5", "x".repeat(100)).inputTokens());
    assertEquals("characters", ofText("mistral", "x").method());
  }

  @Test
  void countsAnIdeographAsOneToken() {
    assertEquals(10, ofText("gemini-3.8-flash", "漢".repeat(10)).inputTokens());
  }
}
