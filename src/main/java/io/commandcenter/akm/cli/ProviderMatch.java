package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.config.RoutingConfig.Provider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which configured provider a variable's key is for: first what routing.json says, then the names
 * that the providers' own programs use.
 */
final class ProviderMatch {
  /** The variables' names, and whose they are. */
  private static final Map<String, String> WELL_KNOWN =
      Map.ofEntries(
          Map.entry("ANTHROPIC_API_KEY", "anthropic"),
          Map.entry("OPENAI_API_KEY", "openai"),
          Map.entry("GEMINI_API_KEY", "google"),
          Map.entry("GOOGLE_API_KEY", "google"),
          Map.entry("OLLAMA_API_KEY", "ollama"),
          Map.entry("AZURE_OPENAI_API_KEY", "azure"),
          Map.entry("AWS_BEARER_TOKEN_BEDROCK", "bedrock"),
          Map.entry("MISTRAL_API_KEY", "mistral"),
          Map.entry("GROQ_API_KEY", "groq"),
          Map.entry("DEEPSEEK_API_KEY", "deepseek"),
          Map.entry("XAI_API_KEY", "xai"),
          Map.entry("OPENROUTER_API_KEY", "openrouter"),
          Map.entry("COHERE_API_KEY", "cohere"),
          Map.entry("CO_API_KEY", "cohere"),
          Map.entry("TOGETHER_API_KEY", "together"),
          Map.entry("PERPLEXITY_API_KEY", "perplexity"),
          Map.entry("HF_TOKEN", "huggingface"));

  /** They make other keys and spend nothing: never for requests. */
  private static final Set<String> ADMIN = Set.of("OPENAI_ADMIN_KEY", "ANTHROPIC_ADMIN_KEY");

  /** Other names that people give to a provider. */
  private static final Map<String, String> ALSO =
      Map.of(
          "claude", "anthropic", "gemini", "google", "grok", "xai", "hugging-face", "huggingface");

  private final RoutingConfig routing;

  ProviderMatch(RoutingConfig routing) {
    this.routing = routing;
  }

  /**
   * @param providers those the key is for; empty if there is none
   * @param reason why there is none, else null
   */
  record Match(List<String> providers, String reason) {
    Match {
      providers = List.copyOf(providers);
    }

    static Match to(List<String> providers) {
      return new Match(providers, null);
    }

    static Match none(String reason) {
      return new Match(List.of(), reason);
    }
  }

  Match ofVariable(String name) {
    var named =
        routing.providers().values().stream()
            .filter(provider -> name.equals(provider.apiKeyEnv()))
            .map(Provider::name)
            .toList();
    if (!named.isEmpty()) {
      return Match.to(named);
    }
    if (ADMIN.contains(name)) {
      return Match.none("an admin key is not for requests");
    }
    return WELL_KNOWN.containsKey(name)
        ? ofVendor(WELL_KNOWN.get(name))
        : Match.none("no provider's api_key_env names this variable");
  }

  /** Whether somebody might expect this variable to be taken. */
  boolean isExpected(String name) {
    return ADMIN.contains(name)
        || WELL_KNOWN.containsKey(name)
        || !ofVariable(name).providers().isEmpty();
  }

  /** For a file that names providers itself. */
  Match ofName(String name) {
    if (routing.providers().containsKey(name)) {
      return Match.to(List.of(name));
    }
    var lower = name.toLowerCase(Locale.ROOT);
    return ofVendor(ALSO.getOrDefault(lower, lower));
  }

  private Match ofVendor(String vendor) {
    var named =
        routing.providers().keySet().stream()
            .filter(name -> vendor.equals(ALSO.getOrDefault(name, name)))
            .toList();
    if (!named.isEmpty()) {
      return Match.to(named.subList(0, 1));
    }
    // Many speak a protocol: a key may only go to the host of the one whose it is.
    var speaking =
        routing.providers().values().stream()
            .filter(provider -> provider.protocol().equals(vendor) && provider.endpoint() == null)
            .map(Provider::name)
            .toList();
    return switch (speaking.size()) {
      case 0 -> Match.none("no provider for it is configured");
      case 1 -> Match.to(speaking);
      default -> Match.none("several providers could take it; name it as one's api_key_env");
    };
  }
}
