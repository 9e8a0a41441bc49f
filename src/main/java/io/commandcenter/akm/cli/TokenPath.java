package io.commandcenter.akm.cli;

import java.util.regex.Pattern;

/** A token's id on its way into a path: nothing but an id may become part of one. */
final class TokenPath {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private TokenPath() {}

  static String of(String id) {
    if (!ID.matcher(id).matches() || id.startsWith(".")) {
      throw new IllegalArgumentException(
          "a token's id looks like tok_0123…; list the tokens first");
    }
    return id;
  }
}
