package io.commandcenter.akm.simulator;

import io.vertx.core.MultiMap;
import java.util.Optional;

/** The token of an Authorization header. */
final class Bearer {
  private static final String PREFIX = "Bearer ";

  private Bearer() {}

  static Optional<String> of(MultiMap headers) {
    return Optional.ofNullable(headers.get("authorization"))
        .filter(value -> value.startsWith(PREFIX))
        .map(value -> value.substring(PREFIX.length()));
  }
}
