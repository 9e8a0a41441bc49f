package io.commandcenter.akm.contract;

import java.util.Locale;

/** What a token may do; each scope includes the ones below it. */
public enum Scope {
  READ_ONLY,
  CLIENT,
  OPERATOR,
  ADMIN;

  public boolean includes(Scope needed) {
    return compareTo(needed) >= 0;
  }

  /** {@code read-only}, {@code client}, {@code operator}, {@code admin}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Scope ofSlug(String slug) {
    for (Scope scope : values()) {
      if (scope.slug().equals(slug)) {
        return scope;
      }
    }
    throw Failure.badRequest("`scope` must be read-only, client, operator or admin");
  }
}
