package io.commandcenter.akm.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of one object of the price file. What is wrong is added to the faults and a harmless
 * value takes its place, so that reading goes on to the next fault.
 */
final class PriceFields {
  // A dearer rate has always been a slip of the unit; it would also let a cost overflow.
  private static final BigDecimal MAX_USD_PER_MTOK = BigDecimal.valueOf(1000);

  private final JsonNode json;
  private final String where;
  private final List<String> faults;

  PriceFields(JsonNode json, String where, List<String> faults) {
    this.json = json;
    this.where = where;
    this.faults = faults;
    if (!json.isObject()) {
      fault("must be an object");
    }
  }

  PriceFields inner(JsonNode json, String what) {
    return new PriceFields(json, where + ", " + what, faults);
  }

  void fault(String what) {
    faults.add(where + ": " + what);
  }

  void allowOnly(Set<String> known) {
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                fault("unknown field `" + name + "`; known are " + new TreeSet<>(known));
              }
            });
  }

  boolean has(String field) {
    return json.hasNonNull(field);
  }

  /** The text, or null if absent. */
  String text(String field) {
    if (!has(field)) {
      return null;
    }
    var value = json.get(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      fault("`" + field + "` must be a text");
    }
    return value.asText();
  }

  String requiredText(String field) {
    if (!has(field)) {
      fault("`" + field + "` is missing");
      return "";
    }
    return text(field);
  }

  String oneOf(String field, Set<String> words) {
    var value = requiredText(field);
    if (has(field) && !words.contains(value)) {
      fault("`" + field + "` must be one of " + new TreeSet<>(words));
    }
    return value;
  }

  List<JsonNode> array(String field) {
    List<JsonNode> elements = new ArrayList<>();
    if (has(field)) {
      if (!json.get(field).isArray()) {
        fault("`" + field + "` must be a list");
      }
      json.get(field).forEach(elements::add);
    }
    return elements;
  }

  List<String> texts(String field) {
    var elements = array(field);
    if (!elements.stream().allMatch(JsonNode::isTextual)) {
      fault("`" + field + "` must hold texts only");
    }
    return elements.stream().map(JsonNode::asText).toList();
  }

  LocalDate date(String field) {
    var text = text(field);
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      fault("`" + field + "` must be a day like 2026-11-30");
      return null;
    }
  }

  /** A whole number above 0, or null if absent. */
  Long positive(String field) {
    if (!has(field)) {
      return null;
    }
    var value = json.get(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() <= 0) {
      fault("`" + field + "` must be a whole number above 0");
    }
    return value.asLong();
  }

  /** US dollars per million tokens, or null if absent. */
  BigDecimal rate(String field) {
    if (!has(field)) {
      return null;
    }
    var value = json.get(field);
    if (!value.isNumber()
        || value.decimalValue().signum() < 0
        || value.decimalValue().compareTo(MAX_USD_PER_MTOK) > 0) {
      fault("`" + field + "` must be a number from 0 to " + MAX_USD_PER_MTOK);
      return BigDecimal.ZERO;
    }
    return value.decimalValue();
  }

  BigDecimal requiredRate(String field) {
    if (!has(field)) {
      fault("`" + field + "` is missing");
      return BigDecimal.ZERO;
    }
    return rate(field);
  }
}
