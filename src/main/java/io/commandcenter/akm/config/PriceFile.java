package io.commandcenter.akm.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.commandcenter.akm.core.money.CatalogueEntry;
import io.commandcenter.akm.core.money.ModelFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** conf/prices.json to catalogue entries. */
public final class PriceFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final Set<String> FILE_FIELDS = Set.of("updated", "unit", "models");
  private static final Set<String> MODEL_FIELDS =
      Set.of(
          "vendor",
          "model",
          "aliases",
          "mode",
          "status",
          "ends_on",
          "replacement",
          "context",
          "max_output",
          "capabilities",
          "prices");
  private static final Set<String> MODES = Set.of("chat", "embedding", "responses");
  private static final Set<String> STATUSES =
      Set.of("active", "legacy", "preview", "deprecated", "retired");
  private static final String UNIT = "USD per million tokens";

  private final List<String> faults = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private PriceFile() {}

  /**
   * @throws IllegalArgumentException naming every fault, one a line
   */
  public static List<CatalogueEntry> parse(String json) {
    var file = new PriceFile();
    var entries = file.read(json);
    if (!file.faults.isEmpty()) {
      throw new IllegalArgumentException(
          "prices.json is refused:\n- " + String.join("\n- ", file.faults));
    }
    return entries;
  }

  private List<CatalogueEntry> read(String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      faults.add(
          "it is not valid JSON"
              + (where == null ? "" : ": see line " + where.getLineNr())
              + " (a broken value, or a field given twice)");
      return List.of();
    }
    var file = new PriceFields(root, "the file", faults);
    file.allowOnly(FILE_FIELDS);
    if (!UNIT.equals(file.text("unit"))) {
      faults.add("`unit` must be \"" + UNIT + "\"");
    }
    List<CatalogueEntry> entries = new ArrayList<>();
    int number = 0;
    for (var model : file.array("models")) {
      entries.add(entry(model, ++number));
    }
    return List.copyOf(entries);
  }

  private CatalogueEntry entry(JsonNode json, int number) {
    var name = json.path("vendor").asText() + "/" + json.path("model").asText();
    var fields = new PriceFields(json, "model " + number + " (" + name + ")", faults);
    fields.allowOnly(MODEL_FIELDS);
    var facts =
        new ModelFacts(
            fields.requiredText("vendor"),
            fields.requiredText("model"),
            fields.oneOf("mode", MODES),
            fields.oneOf("status", STATUSES),
            fields.date("ends_on"),
            fields.text("replacement"),
            fields.positive("context"),
            fields.positive("max_output"),
            new TreeSet<>(fields.texts("capabilities")));
    var aliases = fields.texts("aliases");
    refuseRepeated(facts, aliases);
    return new CatalogueEntry(facts, aliases, ModelPrices.read(fields));
  }

  private void refuseRepeated(ModelFacts facts, List<String> aliases) {
    var names = new ArrayList<>(aliases);
    names.add(facts.model());
    for (var name : names) {
      if (!seen.add(facts.vendor() + "/" + name)) {
        faults.add(facts.vendor() + "/" + name + " stands twice in the file");
      }
    }
  }
}
