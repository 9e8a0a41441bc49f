package io.commandcenter.akm.core.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Price LAUNCH = Price.flat(2);
  private static final Price LATER = Price.flat(1);
  private static final Price FREE = Price.flat(0);
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private static final ModelCatalogue MODELS =
      new ModelCatalogue(
          List.of(
              entry(
                  "anthropic",
                  "sonnet",
                  List.of("sonnet-20260101"),
                  new DatedPrice(null, LAUNCH),
                  new DatedPrice(LocalDate.parse("2026-10-07"), LATER)),
              entry("gemini", "flash", List.of(), new DatedPrice(null, LAUNCH)),
              entry(
                  "gemini",
                  "coming",
                  List.of(),
                  new DatedPrice(LocalDate.parse("2027-01-01"), LAUNCH)),
              entry("ollama", "mistral", List.of(), new DatedPrice(null, FREE)),
              entry("ollama", "gpt-oss:20b", List.of(), new DatedPrice(null, FREE))));

  private static CatalogueEntry entry(
      String vendor, String model, List<String> aliases, DatedPrice... prices) {
    return new CatalogueEntry(
        new ModelFacts(vendor, model, "chat", "active", null, null, 1000L, null, Set.of()),
        aliases,
        List.of(prices));
  }

  private static Catalogue catalogue(Map<String, Price> configured, Price cap) {
    return new Catalogue(
        MODELS,
        Map.of("anthropic", "anthropic", "google", "gemini", "local", "ollama"),
        configured,
        cap);
  }

  @Test
  void pricesByTheDayOfTheRequestFromMidnightUtc() {
    var book = catalogue(Map.of(), null);
    assertEquals(
        Optional.of(LAUNCH),
        book.priceOf("anthropic", "sonnet", Instant.parse("2026-10-06T23:59:59.999Z")));
    assertEquals(
        Optional.of(LATER),
        book.priceOf("anthropic", "sonnet", Instant.parse("2026-10-07T00:00:00Z")));
  }

  @Test
  void hasNoPriceBeforeTheFirstDay() {
    assertEquals(Optional.empty(), catalogue(Map.of(), null).priceOf("google", "coming", NOW));
  }

  @Test
  void letsAConfiguredPriceWin() {
    var own = Price.flat(7);
    var book = catalogue(Map.of("anthropic", own), null);
    assertEquals(Optional.of(own), book.priceOf("anthropic", "sonnet", NOW));
    assertEquals(Optional.of(own), book.priceOf("anthropic", "unheard-of", NOW));
  }

  @Test
  void findsADatedModelByItsAlias() {
    var book = catalogue(Map.of(), null);
    assertEquals(Optional.of(LATER), book.priceOf("anthropic", "sonnet-20260101", NOW));
    assertEquals("sonnet", book.factsOf("anthropic", "sonnet-20260101").orElseThrow().model());
  }

  @Test
  void hasNoPriceForAnUnknownModelOrProvider() {
    var book = catalogue(Map.of(), null);
    assertEquals(Optional.empty(), book.priceOf("anthropic", "flash", NOW));
    assertEquals(Optional.empty(), book.priceOf("nobody", "sonnet", NOW));
    assertEquals(Optional.empty(), book.factsOf("nobody", "sonnet"));
  }

  @Test
  void takesTheCapOnlyWhereNoPriceIsKnown() {
    var cap = Price.flat(99);
    var book = catalogue(Map.of(), cap);
    assertEquals(Optional.of(cap), book.priceOf("anthropic", "unheard-of", NOW));
    assertEquals(Optional.of(LATER), book.priceOf("anthropic", "sonnet", NOW));
  }

  @Test
  void knowsOllamasZeroAsAPrice() {
    var book = catalogue(Map.of(), Price.flat(99));
    assertEquals(Optional.of(FREE), book.priceOf("local", "mistral", NOW));
    assertEquals(Optional.of(FREE), book.priceOf("local", "mistral:7b-q4", NOW));
    assertEquals(Optional.of(FREE), book.priceOf("local", "gpt-oss:20b", NOW));
  }

  @Test
  void readsATagOnlyAtOllama() {
    assertEquals(Optional.empty(), MODELS.find("anthropic", "sonnet:latest"));
  }

  @Test
  void knowsWhoseModelsAProtocolSpeaksFor() {
    assertEquals("gemini", ModelCatalogue.vendorOf("google"));
    assertEquals("ollama", ModelCatalogue.vendorOf("ollama"));
  }

  @Test
  void looksForAModelAtEveryVendor() {
    assertEquals("gemini", MODELS.findAnywhere("flash").orElseThrow().facts().vendor());
    assertTrue(MODELS.findAnywhere("flesh").isEmpty());
    assertTrue(MODELS.factsOf("gemini", "flash").isPresent());
    assertTrue(MODELS.names("anthropic").contains("sonnet-20260101"));
    assertTrue(MODELS.names("nobody").isEmpty());
    assertEquals(Set.of("anthropic", "gemini", "ollama"), MODELS.vendors());
  }

  @Test
  void retiresAModelOnTheDayItEnds() {
    var facts =
        new ModelFacts(
            "openai",
            "old",
            "embedding",
            "deprecated",
            LocalDate.parse("2026-12-11"),
            null,
            null,
            null,
            Set.of());
    assertFalse(facts.retiredOn(LocalDate.parse("2026-12-10")));
    assertTrue(facts.retiredOn(LocalDate.parse("2026-12-11")));
    assertTrue(facts.embeds());
  }
}
