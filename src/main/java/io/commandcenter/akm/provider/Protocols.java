package io.commandcenter.akm.provider;

import io.commandcenter.akm.provider.anthropic.AnthropicProtocol;
import io.commandcenter.akm.provider.google.GoogleProtocol;
import io.commandcenter.akm.provider.ollama.OllamaProtocol;
import io.commandcenter.akm.provider.openai.OpenAiProtocol;
import java.util.List;
import java.util.Optional;

/** The wire protocols by name. */
public final class Protocols {
  private static final List<Protocol> ALL =
      List.of(
          new AnthropicProtocol(),
          new OpenAiProtocol(),
          new GoogleProtocol(),
          new OllamaProtocol());

  private Protocols() {}

  public static Optional<Protocol> named(String name) {
    return ALL.stream().filter(protocol -> protocol.name().equals(name)).findFirst();
  }

  public static List<String> names() {
    return ALL.stream().map(Protocol::name).toList();
  }
}
