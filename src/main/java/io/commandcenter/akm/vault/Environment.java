package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import java.util.Map;
import java.util.Optional;

/** The process's variables; an empty one counts as not set. */
final class Environment {
  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  Optional<Secret> secret(String name) {
    return text(name).map(Secret::of);
  }

  Secret required(String name) {
    return secret(name)
        .orElseThrow(
            () ->
                Failure.notFound(
                    "the server has no environment variable of this name; set it and restart, or"
                        + " use the entry page"));
  }
}
