package io.commandcenter.akm.cli;

import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** {@code akm import environment}. */
@Command(
    name = "environment",
    mixinStandardHelpOptions = true,
    description = "Takes the providers' keys from the variables of this shell.")
final class ImportEnvironmentCommand extends ImportKeysCommand {
  ImportEnvironmentCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected List<FoundKey> find(ProviderMatch providers) {
    var found = new ArrayList<FoundKey>();
    for (var variable : new TreeMap<>(environment()).entrySet()) {
      var name = variable.getKey();
      var value = variable.getValue().strip();
      // Of the many others only those are named that hold something like a key.
      if (!value.isEmpty()
          && !name.startsWith("AKM_")
          && (providers.isExpected(name) || KeyShape.looksLikeKey(value))) {
        matched(name, Secret.of(value), providers.ofVariable(name)).forEach(found::add);
      }
    }
    return found;
  }

  @Override
  protected String origin() {
    return "this shell's environment and wherever it was set";
  }
}
