package io.commandcenter.akm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.money.CatalogueEntry;
import io.commandcenter.akm.core.money.Price;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PriceFileTest {
  private static final String MODEL =
      """
      {"vendor": "v", "model": "%s", "mode": "chat", "status": "active", "prices": [%s]}""";

  private static String file(String... models) {
    return "{\"unit\": \"USD per million tokens\", \"models\": [" + String.join(",", models) + "]}";
  }

  private static String model(String name, String prices) {
    return MODEL.formatted(name, prices);
  }

  private static CatalogueEntry only(String json) {
    var entries = PriceFile.parse(json);
    assertEquals(1, entries.size());
    return entries.get(0);
  }

  private static String refusal(String json) {
    return assertThrows(IllegalArgumentException.class, () -> PriceFile.parse(json)).getMessage();
  }

  @Test
  void readsEveryFieldOfAModel() {
    var entry =
        only(
            file(
                """
                {"vendor": "v", "model": "m", "aliases": ["m-1"], "mode": "embedding",
                 "status": "deprecated", "ends_on": "2026-11-30", "replacement": "n",
                 "context": 1000, "max_output": 10, "capabilities": ["tools"],
                 "prices": [{"from": "2026-10-07", "input": 2, "output": 10, "cache_read": 0.1,
                   "cache_write": 2.5, "cache_write_long": 4, "tiers": [{"above_input_tokens": 100,
                   "input": 3, "output": 11, "cache_read": 0.2, "cache_write": 3.5,
                   "cache_write_long": 5}]}]}"""));
    var facts = entry.facts();
    assertEquals(
        "v m embedding deprecated",
        facts.vendor() + " " + facts.model() + " " + facts.mode() + " " + facts.status());
    assertEquals(LocalDate.parse("2026-11-30"), facts.endsOn());
    assertEquals("n", facts.replacement());
    assertEquals(1000L, facts.context());
    assertEquals(10L, facts.maxOutput());
    assertTrue(facts.capabilities().contains("tools"));
    assertEquals("m-1", entry.aliases().get(0));
    var price = entry.prices().get(0);
    assertEquals(LocalDate.parse("2026-10-07"), price.from());
    assertEquals(
        new Price(
            2_000_000,
            100_000,
            2_500_000,
            4_000_000,
            10_000_000,
            java.util.List.of(
                new Price.Tier(100, 3_000_000, 200_000, 3_500_000, 5_000_000, 11_000_000)),
            "catalogue"),
        price.price());
  }

  @Test
  void takesTheInputRateForAMissingCacheRate() {
    var price = price(only(file(model("m", "{\"input\": 2, \"output\": 9}"))));
    assertEquals(2_000_000, price.cacheRead());
    assertEquals(2_000_000, price.cacheWriteShort());
    assertEquals(2_000_000, price.cacheWriteLong());
  }

  @Test
  void doesNotPriceALongWriteBelowAShortOne() {
    var price = price(only(file(model("m", "{\"input\": 2, \"output\": 9, \"cache_write\": 3}"))));
    assertEquals(3_000_000, price.cacheWriteLong());
  }

  private static Price price(CatalogueEntry entry) {
    return entry.priceAt(Instant.EPOCH).orElseThrow();
  }

  @Test
  void namesAllFaultsTogether() {
    var refusal =
        refusal(
            file(
                "{\"vendor\": \"v\", \"model\": \"a\", \"mode\": \"song\", \"status\": \"active\","
                    + " \"contxt\": 3, \"max_output\": -1, \"ends_on\": \"soon\","
                    + " \"aliases\": [7], \"prices\": [{\"input\": -1}, {\"input\": 1,"
                    + " \"output\": 2000}]}",
                "{\"model\": 5, \"prices\": {}}",
                "7"));
    for (var fault :
        new String[] {
          "v/a): unknown field `contxt`",
          "`mode` must be one of [chat, embedding, responses]",
          "`max_output` must be a whole number above 0",
          "`ends_on` must be a day like 2026-11-30",
          "`aliases` must hold texts only",
          "price 1: `input` must be a number from 0 to 1000",
          "price 1: `output` is missing",
          "price 2: `from` must be later",
          "price 2: `output` must be a number from 0 to 1000",
          "model 2 (/5): `vendor` is missing",
          "model 2 (/5): `model` must be a text",
          "model 2 (/5): `prices` must be a list",
          "model 3 (/): must be an object"
        }) {
      assertTrue(refusal.contains(fault), () -> fault + " is missing in\n" + refusal);
    }
  }

  @Test
  void refusesTiersThatDoNotRise() {
    var tier = "{\"above_input_tokens\": 5, \"input\": 1, \"output\": 1}";
    var price =
        "{\"input\": 1, \"output\": 1, \"tiers\": [" + tier + ", " + tier + ", {\"input\": 1}]}";
    var refusal = refusal(file(model("m", price)));
    assertTrue(refusal.contains("tier 2: `above_input_tokens` must rise"), refusal);
    assertTrue(refusal.contains("tier 3: `above_input_tokens` must rise"), refusal);
    assertTrue(refusal.contains("tier 3: `output` is missing"), refusal);
  }

  @Test
  void refusesANameThatStandsTwice() {
    var one = model("m", "");
    assertTrue(refusal(file(one, one)).contains("v/m stands twice"));
  }

  @Test
  void refusesAnotherUnit() {
    assertTrue(refusal("{\"unit\": \"EUR\", \"models\": []}").contains("`unit` must be"));
  }

  @Test
  void refusesWhatIsNotJsonAndSaysWhere() {
    assertTrue(refusal("{\n\"unit\" 1}").contains("not valid JSON: see line 2"));
    assertTrue(refusal("{\"unit\": \"a\", \"unit\": \"b\"}").contains("not valid JSON"));
  }
}
