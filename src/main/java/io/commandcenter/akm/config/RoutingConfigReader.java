package io.commandcenter.akm.config;

import io.commandcenter.akm.core.names.Nearest;
import io.commandcenter.akm.core.routing.StrategyName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * routing.json to {@link RoutingConfig}. A task is the name of a provider, or an object with a
 * strategy and targets.
 */
final class RoutingConfigReader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private final Faults faults;
  private final ProviderReader providerReader;
  private final List<String> warnings = new ArrayList<>();

  private RoutingConfigReader(ProviderReader providerReader, Faults faults) {
    this.providerReader = providerReader;
    this.faults = faults;
  }

  static RoutingConfig read(JsonObject json, ProviderReader providerReader, Faults faults) {
    return new RoutingConfigReader(providerReader, faults)
        .read(new Section(json, "routing.json", faults));
  }

  private RoutingConfig read(Section root) {
    var providers = providers(root.section("providers"));
    var tasks = tasks(root.section("routing"), providers);
    var order = root.texts("fallback_order");
    for (var name : order) {
      if (!providers.containsKey(name)) {
        root.fault(
            "fallback_order",
            "names `" + name + "`, which is no provider" + Nearest.hint(name, providers.keySet()));
      }
    }
    root.end();
    providers.values().forEach(provider -> warnings.addAll(providerReader.warnings(provider)));
    return new RoutingConfig(providers, tasks, order, warnings);
  }

  private Map<String, RoutingConfig.Provider> providers(Section section) {
    var providers = new LinkedHashMap<String, RoutingConfig.Provider>();
    for (var name : section.keys()) {
      if (NAME.matcher(name).matches()) {
        providers.put(name, providerReader.read(name, section.section(name)));
      } else {
        section.fault(name, "a provider's name is 1 to 64 letters, digits, hyphens or underscores");
      }
    }
    return providers;
  }

  private Map<String, RoutingConfig.Task> tasks(
      Section section, Map<String, RoutingConfig.Provider> providers) {
    var tasks = new LinkedHashMap<String, RoutingConfig.Task>();
    for (var name : section.keys()) {
      if (!NAME.matcher(name).matches()) {
        section.fault(name, "a task's name is 1 to 64 letters, digits, hyphens or underscores");
        continue;
      }
      var task =
          section.raw(name) instanceof String provider
              ? new RoutingConfig.Task(
                  name, StrategyName.PRIORITY, List.of(new RoutingConfig.Target(provider, null, 1)))
              : task(name, section.section(name));
      task.targets().forEach(target -> check(section.where(name), target, providers));
      tasks.put(name, task);
    }
    return tasks;
  }

  private RoutingConfig.Task task(String name, Section section) {
    var slug = section.text("strategy", "priority");
    var strategy = StrategyName.ofSlug(slug);
    if (strategy.isEmpty()) {
      var known = Arrays.stream(StrategyName.values()).map(StrategyName::slug).toList();
      section.fault(
          "strategy", "must be one of " + String.join(", ", known) + Nearest.hint(slug, known));
    }
    var targets = new ArrayList<RoutingConfig.Target>();
    if (section.raw("targets") instanceof JsonArray array && !array.isEmpty()) {
      for (int i = 0; i < array.size(); i++) {
        target(array.getValue(i), section.where("targets[" + i + "]")).ifPresent(targets::add);
      }
    } else {
      section.fault("targets", "must be a list with at least one target");
    }
    section.end();
    return new RoutingConfig.Task(name, strategy.orElse(StrategyName.PRIORITY), targets);
  }

  private java.util.Optional<RoutingConfig.Target> target(Object value, String path) {
    if (value instanceof String provider) {
      return java.util.Optional.of(new RoutingConfig.Target(provider, null, 1));
    }
    if (!(value instanceof JsonObject object)) {
      faults.add(path, "must be a provider's name or an object");
      return java.util.Optional.empty();
    }
    var section = new Section(object, path, faults);
    var provider = section.text("provider");
    if (provider == null) {
      section.fault("provider", "is required");
    }
    var target =
        new RoutingConfig.Target(
            provider == null ? "" : provider,
            section.text("model"),
            section.has("weight") ? section.whole("weight", 1, 1000) : 1);
    section.end();
    return provider == null ? java.util.Optional.empty() : java.util.Optional.of(target);
  }

  private void check(
      String where, RoutingConfig.Target target, Map<String, RoutingConfig.Provider> providers) {
    var provider = providers.get(target.provider());
    if (provider == null) {
      faults.add(
          where,
          "names `"
              + target.provider()
              + "`, which is no provider"
              + Nearest.hint(target.provider(), providers.keySet()));
      return;
    }
    if (target.model() != null && !provider.models().contains(target.model())) {
      faults.add(
          where,
          "names the model `"
              + target.model()
              + "`, which `"
              + provider.name()
              + "` does not list"
              + Nearest.hint(target.model(), provider.models()));
    }
    if (!provider.enabled()) {
      warnings.add(where + ": `" + provider.name() + "` is disabled; its fallbacks will answer");
    }
  }
}
