package io.commandcenter.akm.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The query of a URL; what is null is left out. */
final class Query {
  private final StringBuilder text = new StringBuilder();

  Query with(String name, Object value) {
    if (value != null) {
      text.append(text.isEmpty() ? '?' : '&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
