package io.commandcenter.akm.provider;

import io.commandcenter.akm.config.Presets;
import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.provider.anthropic.AnthropicProtocol;
import io.commandcenter.akm.provider.google.GoogleProtocol;
import io.commandcenter.akm.provider.ollama.OllamaProtocol;
import io.commandcenter.akm.provider.openai.OpenAiProtocol;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The wire protocols by name: those with a format of their own, and OpenAI's with its presets. */
public final class Protocols {
  private static final Map<String, Protocol> ALL = all();

  private Protocols() {}

  private static Map<String, Protocol> all() {
    var all = new LinkedHashMap<String, Protocol>();
    add(all, new AnthropicProtocol());
    add(all, preset("openai"));
    add(all, new GoogleProtocol());
    add(all, new OllamaProtocol());
    Presets.names().stream()
        .filter(name -> !all.containsKey(name))
        .forEach(name -> add(all, preset(name)));
    return Collections.unmodifiableMap(all);
  }

  private static void add(Map<String, Protocol> all, Protocol protocol) {
    all.put(protocol.name(), protocol);
  }

  private static Protocol preset(String name) {
    return new OpenAiProtocol(Presets.named(name).orElseThrow());
  }

  public static Optional<Protocol> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** The protocol of a configured provider, with the switches that its configuration overrides. */
  public static Optional<Protocol> of(RoutingConfig.Provider provider) {
    return named(provider.protocol())
        .map(
            protocol ->
                provider.compat() == null
                    ? protocol
                    : new OpenAiProtocol(
                        protocol.name(), protocol.defaultEndpoint(), provider.compat()));
  }

  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }
}
