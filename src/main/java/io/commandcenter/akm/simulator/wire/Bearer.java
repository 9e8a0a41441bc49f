package io.commandcenter.akm.simulator.wire;

import io.vertx.core.MultiMap;
import java.util.Optional;

/** The token of an Authorization header. */
public final class Bearer {
  private static final String PREFIX = "Bearer ";

  private Bearer() {}

  public static Optional<String> of(MultiMap headers) {
    return Optional.ofNullable(headers.get("authorization"))
        .filter(value -> value.startsWith(PREFIX))
        .map(value -> value.substring(PREFIX.length()));
  }
}
