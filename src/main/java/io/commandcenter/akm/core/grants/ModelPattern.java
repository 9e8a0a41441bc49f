package io.commandcenter.akm.core.grants;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which models a token may use: {@code model}, {@code provider/model}, either with a trailing
 * {@code *} for any ending.
 *
 * <p>What stands before the first slash is always the provider, so that no pattern can be read in
 * two ways; a model whose own name has a slash is named with its provider in front.
 *
 * @param provider null for every provider
 * @param name the model's name, or its beginning
 * @param open whether any ending matches
 */
public record ModelPattern(String provider, String name, boolean open) {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/@+-]{0,127}\\*?|\\*");

  public static boolean wellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  public static ModelPattern of(String text) {
    int slash = text.indexOf('/');
    var provider = slash < 0 ? null : text.substring(0, slash);
    var model = text.substring(slash + 1);
    return model.endsWith("*")
        ? new ModelPattern(provider, model.substring(0, model.length() - 1), true)
        : new ModelPattern(provider, model, false);
  }

  public boolean matches(String itsProvider, String model) {
    return (provider == null || provider.equals(itsProvider))
        && (open ? model.startsWith(name) : model.equals(name));
  }

  /** What both match; empty if that is nothing. */
  public Optional<ModelPattern> and(ModelPattern other) {
    if (provider != null && other.provider != null && !provider.equals(other.provider)) {
      return Optional.empty();
    }
    var narrower = covers(other) ? other : other.covers(this) ? this : null;
    return Optional.ofNullable(narrower)
        .map(n -> new ModelPattern(provider == null ? other.provider : provider, n.name, n.open));
  }

  /** Whether every name that the other matches is one of this one's; providers aside. */
  private boolean covers(ModelPattern other) {
    return open ? other.name.startsWith(name) : !other.open && other.name.equals(name);
  }

  @Override
  public String toString() {
    return (provider == null ? "" : provider + "/") + name + (open ? "*" : "");
  }
}
