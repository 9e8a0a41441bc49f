package io.commandcenter.akm.mcp.tools;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON schema (2020-12), of the few words that every client and {@link SchemaCheck} understand.
 * Objects are closed: a member that is not described is an error.
 */
public final class Schema {
  private final Map<String, Object> words = new LinkedHashMap<>();

  private Schema(String type, String description) {
    words.put("type", type);
    words.put("description", description);
  }

  public static Schema string(String description) {
    return new Schema("string", description);
  }

  public static Schema integer(String description) {
    return new Schema("integer", description);
  }

  public static Schema number(String description) {
    return new Schema("number", description);
  }

  public static Schema bool(String description) {
    return new Schema("boolean", description);
  }

  public static Schema array(String description, Schema items) {
    return new Schema("array", description).word("items", items.words);
  }

  /** An object whose members have names of their own, all of one schema. */
  public static Schema map(String description, Schema values) {
    return new Schema("object", description).word("additionalProperties", values.words);
  }

  public static Schema object(String description) {
    return new Schema("object", description)
        .word("properties", new LinkedHashMap<String, Object>())
        .word("required", new ArrayList<String>())
        .word("additionalProperties", false);
  }

  public Schema required(String name, Schema member) {
    required().add(name);
    return optional(name, member);
  }

  public Schema optional(String name, Schema member) {
    properties().put(name, member.words);
    return this;
  }

  public Schema oneOf(String... values) {
    return word("enum", List.of(values));
  }

  public Schema between(long least, long most) {
    return word("minimum", least).word("maximum", most);
  }

  public Schema atMost(int characters) {
    return word("maxLength", characters);
  }

  public Schema atMostItems(int items) {
    return word("maxItems", items);
  }

  /** Validators keep compiled schemas by this name: it must be unique. */
  public Schema named(String id) {
    return word("$id", id);
  }

  public Map<String, Object> json() {
    return Collections.unmodifiableMap(words);
  }

  /** The names of an object's members, in the order of their description. */
  public List<String> names() {
    return List.copyOf(properties().keySet());
  }

  private Schema word(String word, Object value) {
    words.put(word, value);
    return this;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> properties() {
    return (Map<String, Object>) words.get("properties");
  }

  @SuppressWarnings("unchecked")
  private List<String> required() {
    return (List<String>) words.get("required");
  }
}
