package io.commandcenter.akm.config;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The servers that speak OpenAI's Chat Completions and are known by name: providers.json. */
public final class Presets {
  /**
   * @param endpoint base URL; null if each installation has its own
   * @param vendor whose model catalogue applies
   */
  public record Preset(String name, String endpoint, String vendor, Compat compat) {}

  /** OpenAI's own ways; a preset says where it differs. */
  private static final Compat OPENAI =
      new Compat(
          "auto",
          true,
          "system",
          true,
          true,
          false,
          true,
          "reasoning_effort",
          null,
          false,
          "safety_identifier",
          "dimensions",
          true,
          "/models",
          "data",
          true,
          "authorization",
          "Bearer",
          Map.of(),
          false,
          true);

  private static final Map<String, Preset> ALL = read();

  private Presets() {}

  public static Optional<Preset> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** openai first, then in the order of the file. */
  public static Set<String> names() {
    return ALL.keySet();
  }

  /** Whose catalogue a protocol's models stand in; its own name's unless it is a preset. */
  static Optional<String> vendorOf(String protocol) {
    return named(protocol).map(Preset::vendor);
  }

  private static Map<String, Preset> read() {
    var faults = new Faults();
    var presets = new LinkedHashMap<String, Preset>();
    for (var entry : file()) {
      var section = new Section((JsonObject) entry.getValue(), entry.getKey(), faults);
      var endpoint = section.text("endpoint");
      var vendor = section.text("vendor", entry.getKey());
      var compat =
          section.has("compat") ? CompatReader.read(section.section("compat"), OPENAI) : OPENAI;
      section.end();
      presets.put(entry.getKey(), new Preset(entry.getKey(), endpoint, vendor, compat));
    }
    faults.throwIfAny();
    return Collections.unmodifiableMap(presets);
  }

  private static JsonObject file() {
    try (var in = Presets.class.getResourceAsStream("/providers.json")) {
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
