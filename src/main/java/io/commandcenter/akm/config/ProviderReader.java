package io.commandcenter.akm.config;

import io.commandcenter.akm.contract.Checks;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.money.ModelFacts;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.names.Nearest;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** One provider of routing.json. */
final class ProviderReader {
  private static final List<String> PROTOCOLS =
      Stream.concat(
              Stream.of("anthropic", "openai", "google", "ollama", "bedrock"),
              Presets.names().stream())
          .distinct()
          .toList();
  private static final List<String> MINTERS = List.of("openai", "openrouter", "anthropic");
  private static final Map<String, String> PROTOCOL_OF_NAME =
      Map.of(
          "anthropic", "anthropic",
          "openai", "openai",
          "google", "google",
          "gemini", "google",
          "ollama", "ollama",
          "local", "ollama");

  private final Set<String> allowedPrivateHosts;
  private final BiFunction<String, String, Optional<ModelFacts>> catalogue;
  private final LocalDate today;

  /**
   * @param catalogue a vendor and a model to what is known of it
   */
  ProviderReader(
      Set<String> allowedPrivateHosts,
      BiFunction<String, String, Optional<ModelFacts>> catalogue,
      LocalDate today) {
    this.allowedPrivateHosts = allowedPrivateHosts;
    this.catalogue = catalogue;
    this.today = today;
  }

  RoutingConfig.Provider read(String name, Section section) {
    var protocol = protocol(name, section);
    var provider =
        new RoutingConfig.Provider(
            name,
            protocol,
            !section.has("enabled") || section.flag("enabled"),
            keyVariable(section),
            endpoint(section, protocol),
            models(section),
            section.has("rate_limit") ? section.whole("rate_limit", 1, 10_000_000) : null,
            price(section),
            section.has("rotate_every_days") ? section.whole("rotate_every_days", 1, 3650) : null,
            section.has("minter") ? minter(section.section("minter")) : null,
            section.has("compat") ? compat(section, protocol) : null);
    section.end();
    return provider;
  }

  private static Compat compat(Section section, String protocol) {
    var preset = Presets.named(protocol).or(() -> Presets.named("generic")).orElseThrow();
    if (!preset.name().equals(protocol)) {
      section.fault("compat", "is only for protocols that speak like OpenAI");
    }
    return CompatReader.read(section.section("compat"), preset.compat());
  }

  /** Where each installation is somewhere else, only the configuration can say where. */
  private URI endpoint(Section section, String protocol) {
    if (!section.has("endpoint")
        && (protocol.equals("bedrock")
            || Presets.named(protocol).filter(p -> p.endpoint() == null).isPresent())) {
      section.fault("endpoint", "is required for the protocol " + protocol);
    }
    return endpoint(section);
  }

  private static String protocol(String name, Section section) {
    var protocol = section.text("protocol", protocolOf(name));
    if (protocol == null) {
      section.fault(
          "protocol", "is required for this name: one of " + String.join(", ", PROTOCOLS));
      return PROTOCOLS.get(0);
    }
    if (!PROTOCOLS.contains(protocol)) {
      section.fault(
          "protocol",
          "must be one of " + String.join(", ", PROTOCOLS) + Nearest.hint(protocol, PROTOCOLS));
    }
    return protocol;
  }

  /** A provider named like a preset speaks it. */
  private static String protocolOf(String name) {
    return PROTOCOL_OF_NAME.getOrDefault(name, Presets.names().contains(name) ? name : null);
  }

  private static String keyVariable(Section section) {
    var variable = section.text("api_key_env");
    try {
      return variable == null ? null : Checks.environmentName(variable, "api_key_env");
    } catch (Failure notAName) {
      section.fault(
          "api_key_env",
          "must name an environment variable (capitals, digits, underscores), never hold a key");
      return null;
    }
  }

  private static List<String> models(Section section) {
    var models = section.texts("models");
    if (models.isEmpty()) {
      section.fault("models", "must name at least one model");
    }
    return models;
  }

  private static Price price(Section section) {
    BigDecimal per1k = section.decimal("cost_per_1k_tokens", 1000);
    return per1k == null ? null : Price.flat(Price.rateOfUsdPerMtok(per1k.movePointRight(3)));
  }

  private RoutingConfig.Minter minter(Section section) {
    var kind = section.text("kind");
    if (kind == null || !MINTERS.contains(kind)) {
      section.fault("kind", "must be one of " + String.join(", ", MINTERS));
    }
    var adminKey = section.text("admin_key");
    if (adminKey == null) {
      section.fault("admin_key", "is required: the label of the sealed key that makes others");
    }
    var project = section.text("project");
    if ("openai".equals(kind) && project == null) {
      section.fault("project", "is required: the project whose service accounts the keys are");
    }
    var minter = new RoutingConfig.Minter(kind, adminKey, project, endpoint(section));
    section.end();
    return minter;
  }

  private URI endpoint(Section section) {
    var uri = section.url("endpoint");
    if (uri == null) {
      return null;
    }
    int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    var hostPort = uri.getHost() + ":" + port;
    if (allowedPrivateHosts.contains(hostPort)) {
      return uri;
    }
    if (LocalNames.isLocal(uri.getHost())) {
      section.fault(
          "endpoint",
          "is loopback or private: name `" + hostPort + "` in allowed_private_hosts of akm.json");
    } else if (uri.getScheme().equals("http")) {
      section.fault("endpoint", "must be https: over http the key would travel in the clear");
    }
    return uri;
  }

  /** Retired models, with what to use instead. */
  List<String> warnings(RoutingConfig.Provider provider) {
    var warnings = new ArrayList<String>();
    for (var model : provider.models()) {
      catalogue
          .apply(provider.vendor(), model)
          .filter(facts -> facts.retiredOn(today))
          .ifPresent(facts -> warnings.add(retired(provider, model, facts)));
    }
    return warnings;
  }

  private static String retired(RoutingConfig.Provider provider, String model, ModelFacts facts) {
    return "routing.json.providers."
        + provider.name()
        + ": `"
        + model
        + "` is retired"
        + (facts.endsOn() == null ? "" : " since " + facts.endsOn())
        + (facts.replacement() == null ? "" : "; use `" + facts.replacement() + "`");
  }
}
